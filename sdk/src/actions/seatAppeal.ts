import type { Client, Hex } from 'viem'
import { appealsAbi } from '../abis.ts'
import type { DeploymentParameter } from '../addresses.ts'
import { unpackSeats } from '../utils/seats.ts'
import { closedLotOf, type LotParameters, readForCall } from './internal/lotCall.ts'
import { eventsIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type SeatAppealParameters = WriteParameters & LotParameters

export type SeatAppealReturnType = WriteReturnType & {
  lotId: bigint
  /** Null when too few validators were left, and the appeal lapsed. */
  committee: { digest: Hex; seats: number[]; quorum: number; voteEndsAt: number } | null
}

export async function prepareSeatAppeal(client: Client, parameters: LotParameters & DeploymentParameter) {
  const { deployment, state } = await readForCall(client, parameters)
  const lot = closedLotOf(state, 'seatAppeal')
  return toCall({
    address: deployment.contracts.Appeals.address,
    abi: appealsAbi,
    functionName: 'seat',
    args: [lot, state.submissions],
  })
}

/** Checks the call without sending it. */
export async function simulateSeatAppeal(client: Client, parameters: SeatAppealParameters): Promise<void> {
  await simulate(client, await prepareSeatAppeal(client, parameters), parameters)
}

/**
 * Draws the committee of an appeal, after the challenge window. Anyone can.
 */
export async function seatAppeal(client: Client, parameters: SeatAppealParameters): Promise<SeatAppealReturnType> {
  const call = await prepareSeatAppeal(client, parameters)
  const result = await send(client, call, parameters, 'seatAppeal')
  const source = { abi: appealsAbi, address: call.to } as const
  const [seated] = eventsIn(result.receipt, { ...source, eventName: 'AppealSeated' })
  const committee = seated
    ? {
        digest: seated.args.digest,
        seats: unpackSeats(seated.args.seats),
        quorum: Number(seated.args.quorum),
        voteEndsAt: Number(seated.args.voteEndsAt),
      }
    : null
  return { lotId: parameters.lotId, committee, ...result }
}
