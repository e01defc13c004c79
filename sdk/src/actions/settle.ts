import { type Client, zeroHash } from 'viem'
import { datanetsAbi } from '../abis.ts'
import type { DeploymentParameter } from '../addresses.ts'
import type { Attestation, Votes } from '../types/protocol.ts'
import { wordOf } from '../utils/bitmaps.ts'
import type { LotState } from '../utils/lotState.ts'
import { closedLotOf, type LotParameters, readForCall } from './internal/lotCall.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

/** An attestation and the seat it is of. A posted one may come without its signature. */
export type SeatAttestation = { seat: number; attestation: Attestation | Votes }

export type SettleParameters = WriteParameters &
  LotParameters & {
    /** In any order. Those that were posted are added by themselves. */
    attestations?: readonly SeatAttestation[] | undefined
  }

export type SettleReturnType = WriteReturnType & {
  lotId: bigint
  /** Word of the items accepted. */
  accepted: bigint
  /** Word of the items neither accepted nor rejected. */
  undecided: bigint
  /** Seconds since 1970. */
  settledAt: number
  /** What each seat that attested earned, in wei. */
  pay: { seat: number; amount: bigint }[]
}

export async function prepareSettle(
  client: Client,
  { attestations = [], ...parameters }: Omit<SettleParameters, keyof WriteParameters> & DeploymentParameter,
) {
  const { deployment, state } = await readForCall(client, parameters)
  const all = withPosted(state, attestations)
  return toCall({
    address: deployment.contracts.Datanets.address,
    abi: datanetsAbi,
    functionName: 'settle',
    args: [closedLotOf(state, 'settle'), wordOf(all.map(({ seat }) => seat)), all.map(signed)],
  })
}

export async function simulateSettle(client: Client, parameters: SettleParameters): Promise<void> {
  await simulate(client, await prepareSettle(client, parameters), parameters)
}

/**
 * Tallies a lot's attestations and pays its validators. Anyone can.
 *
 * @throws {DatanetsQuorumNotReachedError} when there are too few.
 * @throws {DatanetsVoteWindowOpenError} when seats are missing that may still vote.
 * @throws {DatanetsWrongSignerError} when one was not signed by its seat's key.
 */
export async function settle(client: Client, parameters: SettleParameters): Promise<SettleReturnType> {
  const call = await prepareSettle(client, parameters)
  const result = await send(client, call, parameters, 'settle')
  const { args } = eventIn(result.receipt, { abi: datanetsAbi, address: call.to, eventName: 'LotSettled' })
  const seats = Array.from({ length: 16 }, (_, seat) => seat).filter((seat) => (args.seatsVoted >> BigInt(seat)) & 1n)
  return {
    lotId: args.lot,
    accepted: args.accepted,
    undecided: args.undecided,
    settledAt: Number(args.settledAt),
    pay: args.pay.map((amount, index) => ({ seat: seats[index]!, amount })),
    ...result,
  }
}

/** One attestation per seat, the lowest seat first. What was posted is what counts, whatever was signed later. */
function withPosted(state: LotState, given: readonly SeatAttestation[]): SeatAttestation[] {
  const bySeat = new Map(given.map((item) => [item.seat, item]))
  for (const { accepted, posted, rejected, report, seat } of state.attestations)
    if (posted) bySeat.set(seat, { seat, attestation: { accepted, rejected, report } })
  return [...bySeat.values()].sort((a, b) => a.seat - b.seat)
}

function signed({ attestation }: SeatAttestation): Attestation {
  const { accepted, rejected, report } = attestation
  return 'vs' in attestation ? attestation : { accepted, rejected, report, r: zeroHash, vs: zeroHash }
}
