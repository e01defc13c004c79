import type { Address, Client } from 'viem'
import { datanetsAbi } from '../abis.ts'
import type { DeploymentParameter } from '../addresses.ts'
import { closedLotOf, type LotParameters, readForCall } from './internal/lotCall.ts'
import {
  eventIn,
  eventsIn,
  send,
  simulate,
  toCall,
  type WriteParameters,
  type WriteReturnType,
} from './internal/write.ts'

export type AccrueParameters = WriteParameters & LotParameters

export type AccrueReturnType = WriteReturnType & {
  lotId: bigint
  /** Word of the items accepted. */
  accepted: bigint
  /** Wei that went back to the budget. */
  released: bigint
  /** What each submission with accepted contributions was paid. */
  credits: { contributor: Address; first: number; count: number; amount: bigint }[]
}

export async function prepareAccrue(client: Client, parameters: LotParameters & DeploymentParameter) {
  const { deployment, state } = await readForCall(client, parameters)
  return toCall({
    address: deployment.contracts.Datanets.address,
    abi: datanetsAbi,
    functionName: 'accrue',
    args: [closedLotOf(state, 'accrue'), state.submissions],
  })
}

export async function simulateAccrue(client: Client, parameters: AccrueParameters): Promise<void> {
  await simulate(client, await prepareAccrue(client, parameters), parameters)
}

/**
 * Pays every accepted contribution of a settled lot to its contributor's balance. Anyone can.
 *
 * @throws {DatanetsChallengeWindowOpenError} while the result can be challenged.
 * @throws {DatanetsUnexpectedStatusError} when it is not settled, or accrued already.
 */
export async function accrue(client: Client, parameters: AccrueParameters): Promise<AccrueReturnType> {
  const call = await prepareAccrue(client, parameters)
  const result = await send(client, call, parameters, 'accrue')
  const source = { abi: datanetsAbi, address: call.to } as const
  const { args } = eventIn(result.receipt, { ...source, eventName: 'LotAccrued' })
  const credits = eventsIn(result.receipt, { ...source, eventName: 'Accrued' }).map(({ args }) => ({
    contributor: args.contributor,
    first: Number(args.first),
    count: Number(args.count),
    amount: args.amount,
  }))
  return { lotId: args.lot, accepted: args.accepted, released: args.released, credits, ...result }
}
