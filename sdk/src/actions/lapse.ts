import type { Client } from 'viem'
import { datanetsAbi } from '../abis.ts'
import type { DeploymentParameter } from '../addresses.ts'
import { closedLotOf, type LotParameters, readForCall } from './internal/lotCall.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type LapseParameters = WriteParameters & LotParameters

/** `released` is the wei that went back to the budget. */
export type LapseReturnType = WriteReturnType & { lotId: bigint; released: bigint }

export async function prepareLapse(client: Client, parameters: LotParameters & DeploymentParameter) {
  const { deployment, state } = await readForCall(client, parameters)
  return toCall({
    address: deployment.contracts.Datanets.address,
    abi: datanetsAbi,
    functionName: 'lapse',
    args: [closedLotOf(state, 'lapse')],
  })
}

export async function simulateLapse(client: Client, parameters: LapseParameters): Promise<void> {
  await simulate(client, await prepareLapse(client, parameters), parameters)
}

/**
 * Ends a lot that found no quorum in time. Anyone can; nobody is marked.
 *
 * @throws {DatanetsVoteWindowOpenError} while it can still be settled.
 */
export async function lapse(client: Client, parameters: LapseParameters): Promise<LapseReturnType> {
  const call = await prepareLapse(client, parameters)
  const result = await send(client, call, parameters, 'lapse')
  const { args } = eventIn(result.receipt, { abi: datanetsAbi, address: call.to, eventName: 'LotLapsed' })
  return { lotId: args.lot, released: args.released, ...result }
}
