import type { Entry, Lot, LotStatus } from '@datanets/sdk'
import { contentOf, formatLotId, fromLotId, lotStatusCode, unpackEntry, unpackSeats } from '@datanets/sdk/utils'
import type { Hex } from 'viem'
import type { Votes } from '../attestations/attestation.ts'
import type { DatanetsLog } from './logs.ts'

export interface SubmissionView {
  /** As the contracts take it back. */
  packed: { entry: bigint; content: Hex }
  entry: Entry
  root: Hex
  /** Digest of the manifest list. */
  manifests: Hex
}

export interface CountedVotes extends Votes {
  validatorId: number
}

/** A lot as its events tell it. */
export interface LotView {
  id: bigint
  label: string
  datanetId: bigint
  number: number
  status: LotStatus
  submissions: SubmissionView[]
  itemCount: number
  /** The state as the contracts take it back; absent while the lot is open. */
  lot?: Lot
  /** Validator ids, the first seat first. */
  seats: number[]
  /** Attestations on chain, by validator id. */
  posted: Map<number, Votes>
  /** The votes that settled it. */
  counted: CountedVotes[]
}

/** The lot that `logs`, all of one lot and in order, leave behind. */
export function lotViewOf(id: bigint, logs: readonly DatanetsLog[]): LotView {
  const { datanetId, number } = fromLotId(id)
  const view: LotView = {
    id,
    label: formatLotId(id),
    datanetId,
    number,
    status: 'open',
    submissions: [],
    itemCount: 0,
    seats: [],
    posted: new Map(),
    counted: [],
  }
  for (const log of logs) apply(view, log)
  return view
}

function apply(view: LotView, log: DatanetsLog): void {
  switch (log.eventName) {
    case 'Submitted': {
      const { entry: packed, root, manifests } = log.args
      const entry = unpackEntry(packed)
      view.submissions.push({ packed: { entry: packed, content: contentOf(root, manifests) }, entry, root, manifests })
      view.itemCount += entry.count
      break
    }
    case 'LotClosed': {
      const { digest, itemCount, seats, closedAt } = log.args
      const none = { settledAt: 0n, status: 0, accepted: 0n, undecided: 0n, revoked: 0n }
      view.lot = { id: view.id, digest, itemCount, seats, closedAt, ...none }
      view.seats = unpackSeats(seats)
      change(view, 'closed', {})
      break
    }
    case 'AttestationPosted': {
      const { validatorId, accepted, rejected, report } = log.args
      view.posted.set(Number(validatorId), { accepted, rejected, report })
      break
    }
    case 'LotSettled': {
      const { accepted, undecided, settledAt, seatsVoted, votes } = log.args
      const voters = view.seats.filter((_, seat) => (seatsVoted >> BigInt(seat)) & 1n)
      view.counted = votes.map(([yes, no, report], at) => ({
        validatorId: voters[at]!,
        accepted: BigInt(yes),
        rejected: BigInt(no),
        report,
      }))
      change(view, 'settled', { accepted, undecided, settledAt })
      break
    }
    case 'DuplicateRevoked': {
      const bit = 1n << log.args.index
      const { accepted, revoked } = view.lot!
      change(view, 'settled', { accepted: accepted & ~bit, revoked: revoked | bit })
      break
    }
    case 'LotAppealed':
      change(view, 'appealed', {})
      break
    case 'LotAppealClosed':
      change(view, 'settled', { accepted: log.args.accepted, undecided: log.args.undecided })
      break
    case 'LotAccrued':
      change(view, 'accrued', {})
      break
    case 'LotLapsed':
      change(view, 'lapsed', {})
      break
  }
}

function change(view: LotView, status: Exclude<LotStatus, 'open'>, fields: Partial<Lot>): void {
  view.status = status
  view.lot = { ...view.lot!, ...fields, status: lotStatusCode(status) }
}
