import type { Address, Client } from 'viem'
import { ValidatorsUnknownError } from '../errors/validators.ts'
import { type ReadParameters, readAt, type View, validatorsOf, viewOf } from './internal/read.ts'

export type GetValidatorParameters = ReadParameters &
  ({ validatorId: bigint; account?: undefined } | { account: Address; validatorId?: undefined })

export type Validator = {
  validatorId: bigint
  account: Address
  /** Signs attestations. */
  signingKey: Address
  /** Units staked: one seat ticket each. */
  units: number
  /** Wei of OPEN staked. */
  stake: bigint
  unbondingUnits: number
  /** When unbonding units can be withdrawn, in seconds; zero without any. */
  unbondsAt: number
  /** Lot fees not yet claimed, in wei. */
  lotFees: bigint
  /** Part of usage fees not yet claimed, in wei. */
  stakerFees: bigint
  slashed: boolean
}

export type GetValidatorReturnType = Validator

/**
 * A validator by its id, or by its account or a signing key now or before.
 *
 * @throws {ValidatorsUnknownError} when there is none.
 */
export async function getValidator(
  client: Client,
  { account, validatorId, ...options }: GetValidatorParameters,
): Promise<GetValidatorReturnType> {
  const view = await viewOf(client, options)
  const { blockNumber } = view
  const id =
    validatorId ??
    (await readAt(client, { ...validatorsOf(view), functionName: 'validatorIdOf', args: [account], blockNumber }))
  return readValidator(view, id)
}

export async function readValidator(view: View, validatorId: bigint): Promise<Validator> {
  const { blockNumber, client } = view
  const validators = validatorsOf(view)
  const [record, stakerFees, unit] = await Promise.all([
    readAt(client, { ...validators, functionName: 'validatorOf', args: [validatorId], blockNumber }),
    readAt(client, { ...validators, functionName: 'stakerFeesOf', args: [validatorId], blockNumber }),
    readAt(client, { ...validators, functionName: 'UNIT', blockNumber }),
  ])
  if (BigInt(record.account) === 0n) throw new ValidatorsUnknownError({ validatorId })
  return {
    validatorId,
    account: record.account,
    signingKey: record.signingKey,
    units: record.units,
    stake: BigInt(record.units) * unit,
    unbondingUnits: record.unbondingUnits,
    unbondsAt: record.unbondingUnits === 0 ? 0 : record.unbondsAt,
    lotFees: record.earned,
    stakerFees,
    slashed: record.slashed,
  }
}
