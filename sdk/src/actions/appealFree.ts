import type { Client } from 'viem'
import { appealsAbi } from '../abis.ts'
import type { DeploymentParameter } from '../addresses.ts'
import { closedLotOf, type LotParameters, readForCall } from './internal/lotCall.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type AppealFreeParameters = WriteParameters &
  LotParameters & {
    /** Position of the caller's submission in the lot's list. */
    submission: number
    /** Items of that submission, one bit each. */
    items: bigint
  }

export type AppealFreeReturnType = WriteReturnType & { lotId: bigint; objection: number }

export async function prepareAppealFree(
  client: Client,
  {
    items,
    submission,
    ...parameters
  }: Pick<AppealFreeParameters, 'submission' | 'items'> & LotParameters & DeploymentParameter,
) {
  const { deployment, state } = await readForCall(client, parameters)
  const lot = closedLotOf(state, 'appealFree')
  return toCall({
    address: deployment.contracts.Appeals.address,
    abi: appealsAbi,
    functionName: 'appealFree',
    args: [lot, state.submissions, BigInt(submission), items],
  })
}

/** Checks the call without sending it. */
export async function simulateAppealFree(client: Client, parameters: AppealFreeParameters): Promise<void> {
  await simulate(client, await prepareAppealFree(client, parameters), parameters)
}

/**
 * Objects to results of the caller's own submission, without a bond, once per UTC day. Losing it costs nothing.
 *
 * @throws {AppealsFreeAppealUsedError} when it was used today.
 * @throws {AppealsNotContributorError} when the submission is of another.
 */
export async function appealFree(client: Client, parameters: AppealFreeParameters): Promise<AppealFreeReturnType> {
  const call = await prepareAppealFree(client, parameters)
  const result = await send(client, call, parameters, 'appealFree')
  const { args } = eventIn(result.receipt, { abi: appealsAbi, address: call.to, eventName: 'Objected' })
  return { lotId: args.lot, objection: Number(args.objection), ...result }
}
