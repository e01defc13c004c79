import type { Client } from 'viem'
import { datanetsAbi } from '../abis.ts'
import type { DeploymentParameter } from '../addresses.ts'
import { unpackSeats } from '../utils/seats.ts'
import { type LotParameters, readForCall } from './internal/lotCall.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type CloseLotParameters = WriteParameters & LotParameters

export type CloseLotReturnType = WriteReturnType & {
  lotId: bigint
  itemCount: number
  /** Ids of the validators seated, by seat. */
  seats: number[]
  /** Seconds since 1970. */
  closedAt: number
}

export async function prepareCloseLot(client: Client, parameters: LotParameters & DeploymentParameter) {
  const { deployment, state } = await readForCall(client, parameters)
  return toCall({
    address: deployment.contracts.Datanets.address,
    abi: datanetsAbi,
    functionName: 'closeLot',
    args: [parameters.lotId, state.submissions],
  })
}

export async function simulateCloseLot(client: Client, parameters: CloseLotParameters): Promise<void> {
  await simulate(client, await prepareCloseLot(client, parameters), parameters)
}

/**
 * Ends the taking of submissions of a lot and seats its validators. Anyone can.
 *
 * @throws {DatanetsLotOpenError} while it can still take submissions.
 * @throws {DatanetsRandomnessNotReadyError} in the block of its last submission.
 */
export async function closeLot(client: Client, parameters: CloseLotParameters): Promise<CloseLotReturnType> {
  const call = await prepareCloseLot(client, parameters)
  const result = await send(client, call, parameters, 'closeLot')
  const { args } = eventIn(result.receipt, { abi: datanetsAbi, address: call.to, eventName: 'LotClosed' })
  return {
    lotId: args.lot,
    itemCount: Number(args.itemCount),
    seats: unpackSeats(args.seats),
    closedAt: Number(args.closedAt),
    ...result,
  }
}
