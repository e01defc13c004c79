import type { Address, Client, Hex } from 'viem'
import { validatorsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import type { Attestation } from '../types/protocol.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type SlashParameters = WriteParameters & {
  /** The digest both attestations were signed for: the lot's, or the appeal's. */
  digest: Hex
  first: Attestation
  second: Attestation
}

/** `amount` was taken, `reward` of it went to the reporter, in wei of OPEN. */
export type SlashReturnType = WriteReturnType & {
  validatorId: bigint
  reporter: Address
  amount: bigint
  reward: bigint
}

export async function prepareSlash(
  client: Client,
  { deployment, digest, first, second }: Pick<SlashParameters, 'digest' | 'first' | 'second'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.Validators.address,
    abi: validatorsAbi,
    functionName: 'slash',
    args: [digest, first, second],
  })
}

export async function simulateSlash(client: Client, parameters: SlashParameters): Promise<void> {
  await simulate(client, await prepareSlash(client, parameters), parameters)
}

/**
 * Takes the whole stake of a validator that signed two different attestations for one lot. Anyone can; the reporter
 * receives a part.
 *
 * @throws {ValidatorsNoFaultError} when both say the same.
 * @throws {ValidatorsSignersDifferError} when they are not of one validator.
 */
export async function slash(client: Client, parameters: SlashParameters): Promise<SlashReturnType> {
  const call = await prepareSlash(client, parameters)
  const result = await send(client, call, parameters, 'slash')
  const { args } = eventIn(result.receipt, { abi: validatorsAbi, address: call.to, eventName: 'Slashed' })
  const { amount, reporter, reward, validatorId } = args
  return { validatorId, reporter, amount, reward, ...result }
}
