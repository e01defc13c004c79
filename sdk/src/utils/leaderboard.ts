import type { Address } from 'viem'
import { popcount } from './bitmaps.ts'
import { itemsOf, unpackEntry } from './entry.ts'
import { fromLotId } from './ids.ts'

/** Where an event is in the chain. */
export type EventPosition = { blockNumber: bigint; logIndex: number }

/** The events of `Datanets` a leaderboard is made of, decoded. Others may be among them and are passed over. */
export type LeaderboardEvent = EventPosition &
  (
    | { eventName: 'Submitted'; args: { lot: bigint; entry: bigint } }
    | { eventName: 'LotSettled'; args: { lot: bigint; accepted: bigint; undecided: bigint } }
    | { eventName: 'LotLapsed'; args: { lot: bigint } }
    | { eventName: 'LotAppealed'; args: { lot: bigint } }
    | { eventName: 'LotAppealClosed'; args: { lot: bigint; accepted: bigint; undecided: bigint } }
    | { eventName: 'DuplicateRevoked'; args: { lot: bigint; index: bigint } }
    | { eventName: 'Accrued'; args: { lot: bigint; contributor: Address; count: bigint; amount: bigint } }
  )

export const leaderboardEventNames = [
  'Submitted',
  'LotSettled',
  'LotLapsed',
  'LotAppealed',
  'LotAppealClosed',
  'DuplicateRevoked',
  'Accrued',
] as const satisfies readonly LeaderboardEvent['eventName'][]

/** One account's place. Only `score` ranks, ties to the earlier `scoredAt`; the rest is shown beside it. */
export type LeaderboardRow = {
  /** From 1. Accounts without a score come last, by address. */
  rank: number
  account: Address
  /** Accepted contributions accrued. */
  score: number
  /** Where the score was reached: the position of its last `Accrued` event; null without a score. */
  scoredAt: EventPosition | null
  /** Contributions accepted, accrued or not yet. */
  accepted: number
  rejected: number
  undecided: number
  /** Contributions in lots that are open, being voted on or appealed. */
  pending: number
  /** Contributions of lots that found no quorum. */
  lapsed: number
  /** Contributions accepted first and then proven to repeat an earlier one. */
  revoked: number
  /** Accepted of all that were decided, 0 to 1; null while none is. */
  acceptanceRate: number | null
  /** Wei of OPEN accrued. */
  rewards: bigint
}

type LotTally = {
  status: 'pending' | 'decided' | 'lapsed'
  entries: { contributor: Address; items: bigint }[]
  accepted: bigint
  undecided: bigint
  revoked: bigint
}

/**
 * Ranks contributors by accepted contributions, from events alone. Pure: the same events give the same rows anywhere.
 *
 * @param events - Decoded events of `Datanets`, in any order, none twice.
 * @param options.datanetId - Only this Datanet; all of them together by default.
 */
export function leaderboardOf(
  events: Iterable<LeaderboardEvent | (EventPosition & { eventName: string; args: unknown })>,
  { datanetId }: { datanetId?: bigint | undefined } = {},
): LeaderboardRow[] {
  const lots = new Map<bigint, LotTally>()
  const rows = new Map<Address, LeaderboardRow>()
  for (const event of ordered(events)) {
    if (datanetId !== undefined && fromLotId(event.args.lot).datanetId !== datanetId) continue
    if (event.eventName === 'Accrued') applyAccrual(rowOf(rows, event.args.contributor), event)
    else applyToLot(lotOf(lots, event.args.lot), event)
  }
  for (const lot of lots.values())
    for (const entry of lot.entries) count(rowOf(rows, entry.contributor), lot, entry.items)
  for (const row of rows.values()) {
    const decided = row.accepted + row.rejected + row.revoked
    row.acceptanceRate = decided === 0 ? null : row.accepted / decided
  }
  return [...rows.values()].sort(compareRows).map((row, index) => ({ ...row, rank: index + 1 }))
}

/** The order of ranks: higher score first, then the earlier to reach it, then the lower address. */
export function compareRows(
  a: Pick<LeaderboardRow, 'score' | 'scoredAt' | 'account'>,
  b: Pick<LeaderboardRow, 'score' | 'scoredAt' | 'account'>,
): number {
  if (a.score !== b.score) return b.score - a.score
  if (a.scoredAt && b.scoredAt) return comparePositions(a.scoredAt, b.scoredAt)
  return a.account.toLowerCase() < b.account.toLowerCase() ? -1 : 1
}

export function comparePositions(a: EventPosition, b: EventPosition): number {
  if (a.blockNumber !== b.blockNumber) return a.blockNumber < b.blockNumber ? -1 : 1
  return a.logIndex - b.logIndex
}

function ordered(events: Iterable<EventPosition & { eventName: string; args: unknown }>): LeaderboardEvent[] {
  const names: readonly string[] = leaderboardEventNames
  return [...events]
    .filter((event): event is LeaderboardEvent => names.includes(event.eventName))
    .sort(comparePositions)
}

function applyAccrual(row: LeaderboardRow, event: Extract<LeaderboardEvent, { eventName: 'Accrued' }>): void {
  row.score += Number(event.args.count)
  row.rewards += event.args.amount
  row.scoredAt = { blockNumber: event.blockNumber, logIndex: event.logIndex }
}

function applyToLot(lot: LotTally, event: Exclude<LeaderboardEvent, { eventName: 'Accrued' }>): void {
  switch (event.eventName) {
    case 'Submitted': {
      const entry = unpackEntry(event.args.entry)
      lot.entries.push({ contributor: entry.contributor, items: itemsOf(entry) })
      return
    }
    case 'LotSettled':
    case 'LotAppealClosed':
      lot.status = 'decided'
      lot.accepted = event.args.accepted
      lot.undecided = event.args.undecided
      return
    case 'LotAppealed':
      lot.status = 'pending'
      return
    case 'LotLapsed':
      lot.status = 'lapsed'
      return
    case 'DuplicateRevoked': {
      const bit = 1n << event.args.index
      lot.accepted &= ~bit
      lot.revoked |= bit
    }
  }
}

function count(row: LeaderboardRow, lot: LotTally, items: bigint): void {
  const total = popcount(items)
  if (lot.status === 'pending') row.pending += total
  else if (lot.status === 'lapsed') row.lapsed += total
  else {
    const accepted = popcount(items & lot.accepted)
    const undecided = popcount(items & lot.undecided & ~lot.revoked)
    const revoked = popcount(items & lot.revoked)
    row.accepted += accepted
    row.undecided += undecided
    row.revoked += revoked
    row.rejected += total - accepted - undecided - revoked
  }
}

function lotOf(lots: Map<bigint, LotTally>, id: bigint): LotTally {
  let lot = lots.get(id)
  if (!lot) {
    lot = { status: 'pending', entries: [], accepted: 0n, undecided: 0n, revoked: 0n }
    lots.set(id, lot)
  }
  return lot
}

function rowOf(rows: Map<Address, LeaderboardRow>, account: Address): LeaderboardRow {
  let row = rows.get(account)
  if (!row) {
    row = {
      rank: 0,
      account,
      score: 0,
      scoredAt: null,
      accepted: 0,
      rejected: 0,
      undecided: 0,
      pending: 0,
      lapsed: 0,
      revoked: 0,
      acceptanceRate: null,
      rewards: 0n,
    }
    rows.set(account, row)
  }
  return row
}
