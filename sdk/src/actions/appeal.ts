import type { Client } from 'viem'
import { appealsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { type ApprovalParameters, withAllowance } from './internal/allowance.ts'
import { bondOf } from './internal/bond.ts'
import { closedLotOf, type LotParameters, readForCall } from './internal/lotCall.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type AppealParameters = WriteParameters &
  ApprovalParameters &
  LotParameters & {
    /** What is objected to, one bit each. */
    items: bigint
  }

/** `bond` is the wei put up; `objection` its number within the lot. */
export type AppealReturnType = WriteReturnType & { lotId: bigint; objection: number; bond: bigint }

export async function prepareAppeal(
  client: Client,
  { items, ...parameters }: Pick<AppealParameters, 'items'> & LotParameters & DeploymentParameter,
) {
  const { deployment, state } = await readForCall(client, parameters)
  const lot = closedLotOf(state, 'appeal')
  return toCall({
    address: deployment.contracts.Appeals.address,
    abi: appealsAbi,
    functionName: 'appeal',
    args: [lot, items],
  })
}

/** Checks the call without sending it; the allowance must be there. */
export async function simulateAppeal(client: Client, parameters: AppealParameters): Promise<void> {
  await simulate(client, await prepareAppeal(client, parameters), parameters)
}

/**
 * Objects to the results of items, putting up a bond of lot fees. Possible within the challenge window.
 *
 * @throws {DatanetsChallengeWindowOverError} after the challenge window.
 * @throws {AppealsJudgeAndPartyError} when the caller is a validator.
 */
export async function appeal(client: Client, parameters: AppealParameters): Promise<AppealReturnType> {
  const deployment = await resolveDeployment(client, parameters.deployment)
  const call = await prepareAppeal(client, { ...parameters, deployment })
  const amount = await bondOf(client, { ...parameters, deployment })
  const allowed = await withAllowance(client, deployment, call, { spender: 'Appeals', amount }, parameters)
  const result = await send(client, allowed, parameters, 'appeal')
  const { args } = eventIn(result.receipt, { abi: appealsAbi, address: call.to, eventName: 'Objected' })
  return { lotId: args.lot, objection: Number(args.objection), bond: args.bond, ...result }
}
