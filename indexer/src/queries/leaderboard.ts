import type { Hex } from 'viem'
import type { AsOf, LeaderboardEntry, Page, Window } from '../api/types.ts'
import { dayOf } from '../handlers/handler.ts'
import { columnsOf } from '../store/sql.ts'
import type { Parameter, Store } from '../store/store.ts'
import type { RowOf } from '../store/table.ts'
import { consistent } from './consistent.ts'
import { rowsByKey } from './list.ts'
import { decodeCursor, encodeCursor, type PageQuery, pageSize } from './page.ts'
import { acceptanceRate, toAddress, toOutcomes } from './rows.ts'

/** UTC days a window covers, today included. */
export const windowDays = { day: 1, week: 7, month: 30 } as const

export type LeaderboardQuery = PageQuery & {
  /** One Datanet's board; the board over all without it. */
  datanetId?: number | undefined
  window?: Window | undefined
}

const counts = {
  address: 'bytes',
  pending: 'integer',
  accepted: 'integer',
  rejected: 'integer',
  undecided: 'integer',
  lapsed: 'integer',
  revoked: 'integer',
} as const

const standing = {
  ...counts,
  score: 'integer',
  scoredBlock: 'integer',
  scoredLogIndex: 'integer',
  scoredAt: 'integer',
  earned: 'amount',
} as const

type Counts = RowOf<typeof counts>
/** What ranks, in the window, and the counts of all time beside it. */
type Standing = RowOf<typeof standing>

type After = { score: number; block: number; logIndex: number; address: Hex; rank: number }

/**
 * A page of the acceptance leaderboard: by score, ties to the earlier one to reach it.
 * Accounts without a score come last over all time, and are on no board of a window.
 */
export async function getLeaderboard(store: Store, query: LeaderboardQuery): Promise<Page<LeaderboardEntry>> {
  const limit = pageSize(query.limit)
  const { datanetId, window = 'all' } = query
  const list = `leaderboard-${datanetId ?? 'all'}-${window}`
  const after = query.after === undefined ? undefined : toAfter(list, query.after)
  return consistent(store, async (asOf) => {
    // One more than asked for tells whether another page follows.
    const rows =
      window === 'all'
        ? await allTime(store, datanetId, after, limit + 1)
        : await inWindow(store, datanetId, windowDays[window], asOf, after, limit + 1)
    const shown = rows.slice(0, limit)
    const items = shown.map((row, i) => toEntry(row, (after?.rank ?? 0) + i + 1))
    const last = items.at(-1)
    const next =
      rows.length > limit && last !== undefined ? encodeCursor(list, [...placeOf(shown.at(-1)!), last.rank]) : null
    return { items, next }
  })
}

function placeOf({ score, scoredBlock, scoredLogIndex, address }: Standing): [number, number, number, Hex] {
  return [score, scoredBlock, scoredLogIndex, address]
}

function toAfter(list: string, cursor: string): After {
  const form = ['number', 'number', 'number', 'string', 'number'] as const
  const [score, block, logIndex, address, rank] = decodeCursor(list, form, cursor) as [
    number,
    number,
    number,
    Hex,
    number,
  ]
  return { score, block, logIndex, address, rank }
}

/** From the maintained tables, by their index: first what ties with the last entry, then what is below it. */
async function allTime(
  store: Store,
  datanetId: number | undefined,
  after: After | undefined,
  limit: number,
): Promise<Standing[]> {
  const table = datanetId === undefined ? 'account' : 'member'
  const [scope, own]: [string, Parameter[]] = datanetId === undefined ? ['', []] : ['datanet_id = ? and ', [datanetId]]
  const select = (where: string, parameters: Parameter[], count: number): Promise<Standing[]> => {
    const sql = `select ${columnsOf(standing)} from ${table} where ${scope}submissions > 0 and ${where}
      order by score desc, scored_block, scored_log_index, address limit ?`
    return store.read(standing, sql, [...own, ...parameters, count])
  }
  if (after === undefined) return select('score >= 0', [], limit)
  const ties = await select(
    'score = ? and (scored_block, scored_log_index, address) > (?, ?, ?)',
    [after.score, after.block, after.logIndex, after.address],
    limit,
  )
  if (ties.length === limit) return ties
  return [...ties, ...(await select('score < ?', [after.score], limit - ties.length))]
}

/** Adds up daily buckets: the cost depends on the window, not on the history before it. */
async function inWindow(
  store: Store,
  datanetId: number | undefined,
  days: number,
  asOf: AsOf,
  after: After | undefined,
  limit: number,
): Promise<Standing[]> {
  // Block and log index as one number, so that the last of a group is a maximum.
  const place = 'scored_block * 1048576 + scored_log_index'
  const today = dayOf(asOf.timestamp)
  const parameters: Parameter[] = [today - days, today]
  let where = 'day > ? and day <= ?'
  if (datanetId !== undefined) {
    where = `datanet_id = ? and ${where}`
    parameters.unshift(datanetId)
  }
  let having = ''
  if (after !== undefined) {
    having = `having sum(score) < ? or (sum(score) = ? and max(${place}) > ?)`
    parameters.push(after.score, after.score, after.block * 1_048_576 + after.logIndex)
  }
  const shape = { address: 'bytes', score: 'integer', place: 'integer', scoredAt: 'integer', earned: 'amount' } as const
  const rows = await store.read(
    shape,
    `select address, sum(score) score, max(${place}) place, max(scored_at) scored_at, ${store.sum('earned')} earned
     from member_day where ${where} group by address ${having} order by score desc, place limit ?`,
    [...parameters, limit],
  )
  const totals = await totalsOf(
    store,
    datanetId,
    rows.map((row) => row.address),
  )
  return rows.map(({ place, ...row }) => ({
    ...totals.get(row.address)!,
    ...row,
    scoredBlock: Math.floor(place / 1_048_576),
    scoredLogIndex: place % 1_048_576,
  }))
}

function toEntry(row: Standing, rank: number): LeaderboardEntry {
  return {
    rank,
    account: toAddress(row.address),
    score: row.score,
    scoredAt:
      row.score === 0 ? null : { blockNumber: row.scoredBlock, logIndex: row.scoredLogIndex, timestamp: row.scoredAt },
    ...toOutcomes(row),
    acceptanceRate: acceptanceRate(row),
    rewards: row.earned.toString(),
  }
}

async function totalsOf(store: Store, datanetId: number | undefined, addresses: Hex[]): Promise<Map<Hex, Counts>> {
  const found: Counts[] =
    datanetId === undefined
      ? await rowsByKey(
          store,
          'account',
          addresses.map((address) => ({ address })),
        )
      : await rowsByKey(
          store,
          'member',
          addresses.map((address) => ({ datanetId, address })),
        )
  return new Map(found.map((total) => [total.address, total]))
}
