import type { Hex } from 'viem'
import type { DatanetsEvent } from '../events/types.ts'
import type { Entry, Lot, LotStatus, Submission, Terms, Votes } from '../types/protocol.ts'
import { bitsOf, LOT_CAPACITY } from './bitmaps.ts'
import { unpackEntry } from './entry.ts'
import { fromLotId } from './ids.ts'
import { chainDigest, contentOf, lotStatusCode } from './lot.ts'
import { unpackSeats } from './seats.ts'

/** A submission as contracts take it back, with what its event told. */
export type LotSubmission = Submission &
  Entry & {
    root: Hex
    /** sha-256 digest in the CID of the manifest list. */
    manifests: Hex
    blockNumber: bigint
    logIndex: number
    transactionHash: Hex
  }

/** The votes of one seat, counted or posted. */
export type LotVote = Votes & {
  seat: number
  validatorId: number
  /** Whether the validator put it on chain itself. */
  posted: boolean
  /** Whether the settlement counted it. */
  counted: boolean
  /** Wei of the lot fee it earned; zero until settled. */
  pay: bigint
}

/** Times in seconds since 1970; null where they do not apply or are not known yet. */
export type LotDeadlines = {
  /** From when it can be closed; 0 where that is at any time. */
  closableAt: number | null
  /** Until when validators can attest. */
  voteDeadline: number | null
  /** Until when it can be settled; afterwards it can lapse. */
  settleDeadline: number | null
  /** Until when its result can be challenged; afterwards it can accrue. */
  challengeDeadline: number | null
}

/** All that is known of a lot, rebuilt from events. */
export type LotState = {
  lotId: bigint
  datanetId: bigint
  number: number
  status: LotStatus
  /** End of the chain over its submissions. */
  digest: Hex
  itemCount: number
  /** The state contracts take back; undefined while open. */
  lot: Lot | undefined
  submissions: LotSubmission[]
  /** Ids of the validators seated, by seat. */
  seats: number[]
  attestations: LotVote[]
  deadlines: LotDeadlines
}

/** Where a Datanet's open lot stands: tells which lots can be closed. */
export type OpenLot = { lotNumber: number; openedAt: number }

/**
 * Rebuilds a lot from its events, in chain order. Pure.
 *
 * @param openLot - From the Datanet's book at the same block.
 */
export function lotStateOf(
  lotId: bigint,
  events: Iterable<DatanetsEvent>,
  { openLot, terms }: { terms: Terms; openLot: OpenLot },
): LotState {
  const submissions: LotSubmission[] = []
  const votes = new Map<number, LotVote>()
  let lot: Lot | undefined
  for (const event of events) {
    if (event.eventName === 'Submitted') submissions.push(submissionOf(event))
    else if (event.eventName === 'LotClosed') lot = closedLot(event.args)
    else if (lot) lot = applyToLot(lot, votes, event)
  }
  const itemCount = submissions.reduce((count, submission) => count + submission.count, 0)
  return {
    lotId,
    ...fromLotId(lotId),
    status: lot ? (['closed', 'settled', 'appealed', 'accrued', 'lapsed'] as const)[lot.status]! : 'open',
    digest: lot?.digest ?? chainDigest(lotId, submissions),
    itemCount,
    lot,
    submissions,
    seats: lot ? unpackSeats(lot.seats) : [],
    attestations: [...votes.values()].sort((a, b) => a.seat - b.seat),
    deadlines: deadlinesOf(lotId, lot, itemCount, terms, openLot),
  }
}

function submissionOf(event: DatanetsEvent<'Submitted'>): LotSubmission {
  const { entry, manifests, root } = event.args
  return {
    entry,
    content: contentOf(root, manifests),
    ...unpackEntry(entry),
    root,
    manifests,
    blockNumber: event.blockNumber,
    logIndex: event.logIndex,
    transactionHash: event.transactionHash,
  }
}

function closedLot(args: DatanetsEvent<'LotClosed'>['args']): Lot {
  return {
    id: args.lot,
    digest: args.digest,
    itemCount: args.itemCount,
    seats: args.seats,
    closedAt: args.closedAt,
    settledAt: 0n,
    status: lotStatusCode('closed'),
    accepted: 0n,
    undecided: 0n,
    revoked: 0n,
  }
}

function applyToLot(lot: Lot, votes: Map<number, LotVote>, event: DatanetsEvent): Lot {
  switch (event.eventName) {
    case 'AttestationPosted': {
      const { accepted, rejected, report, validatorId } = event.args
      const seat = unpackSeats(lot.seats).indexOf(Number(validatorId))
      votes.set(seat, {
        seat,
        validatorId: Number(validatorId),
        accepted,
        rejected,
        report,
        posted: true,
        counted: false,
        pay: 0n,
      })
      return lot
    }
    case 'LotSettled': {
      countVotes(lot, votes, event.args)
      const { accepted, settledAt, undecided } = event.args
      return { ...lot, status: lotStatusCode('settled'), settledAt, accepted, undecided }
    }
    case 'DuplicateRevoked': {
      const bit = 1n << event.args.index
      return { ...lot, accepted: lot.accepted & ~bit, revoked: lot.revoked | bit }
    }
    case 'LotAppealed':
      return { ...lot, status: lotStatusCode('appealed') }
    case 'LotAppealClosed': {
      const { accepted, undecided } = event.args
      return { ...lot, status: lotStatusCode('settled'), accepted, undecided }
    }
    case 'LotAccrued':
      return { ...lot, status: lotStatusCode('accrued') }
    case 'LotLapsed':
      return { ...lot, status: lotStatusCode('lapsed') }
    default:
      return lot
  }
}

function countVotes(lot: Lot, votes: Map<number, LotVote>, args: DatanetsEvent<'LotSettled'>['args']): void {
  const seats = unpackSeats(lot.seats)
  bitsOf(args.seatsVoted).forEach((seat, position) => {
    const [accepted, rejected, report] = args.votes[position]!
    votes.set(seat, {
      seat,
      validatorId: seats[seat]!,
      accepted: BigInt(accepted),
      rejected: BigInt(rejected),
      report,
      posted: votes.get(seat)?.posted ?? false,
      counted: true,
      pay: args.pay[position]!,
    })
  })
}

function deadlinesOf(
  lotId: bigint,
  lot: Lot | undefined,
  itemCount: number,
  terms: Terms,
  openLot: OpenLot,
): LotDeadlines {
  if (!lot) {
    const waits = fromLotId(lotId).number === openLot.lotNumber && itemCount < LOT_CAPACITY
    return {
      closableAt: waits ? openLot.openedAt + terms.lotWindow : 0,
      voteDeadline: null,
      settleDeadline: null,
      challengeDeadline: null,
    }
  }
  const closedAt = Number(lot.closedAt)
  return {
    closableAt: null,
    voteDeadline: closedAt + terms.voteWindow,
    settleDeadline: closedAt + 2 * terms.voteWindow,
    challengeDeadline: lot.settledAt === 0n ? null : Number(lot.settledAt) + terms.challengeWindow,
  }
}
