import type { Hex } from 'viem'
import type { AsOf, ImpactEntry, Page, Window } from '../api/types.ts'
import { dayOf } from '../handlers/handler.ts'
import type { Parameter, Store } from '../store/store.ts'
import { consistent } from './consistent.ts'
import { windowDays } from './leaderboard.ts'
import { decodeCursor, encodeCursor, type PageQuery, pageSize } from './page.ts'
import { toAddress } from './rows.ts'

type Earned = { address: Hex; impact: bigint; impactBlock: number; impactLogIndex: number; impactAt: number }
type After = { impact: bigint; block: number; logIndex: number; rank: number }

const shape = {
  address: 'bytes',
  impact: 'amount',
  impactBlock: 'integer',
  impactLogIndex: 'integer',
  impactAt: 'integer',
} as const

/** A page of the impact leaderboard: by OPEN earned from runs, ties to the earlier one. Who earned nothing is not on it. */
export async function getImpact(
  store: Store,
  query: PageQuery & { window?: Window | undefined },
): Promise<Page<ImpactEntry>> {
  const limit = pageSize(query.limit)
  const { window = 'all' } = query
  const list = `impact-${window}`
  const after = query.after === undefined ? undefined : toAfter(list, query.after)
  return consistent(store, async (asOf) => {
    const rows =
      window === 'all'
        ? await allTime(store, after, limit + 1)
        : await inWindow(store, windowDays[window], asOf, after, limit + 1)
    const items = rows.slice(0, limit).map((row, i) => toEntry(row, (after?.rank ?? 0) + i + 1))
    const last = rows[limit - 1]
    const more = rows.length > limit && last !== undefined
    const place = more ? [last.impact.toString(), last.impactBlock, last.impactLogIndex, items.at(-1)!.rank] : []
    return { items, next: more ? encodeCursor(list, place) : null }
  })
}

function toAfter(list: string, cursor: string): After {
  const form = ['string', 'number', 'number', 'number'] as const
  const [impact, block, logIndex, rank] = decodeCursor(list, form, cursor) as [string, number, number, number]
  return { impact: BigInt(impact), block, logIndex, rank }
}

async function allTime(store: Store, after: After | undefined, limit: number): Promise<Earned[]> {
  const select = (where: string, parameters: Parameter[], count: number) =>
    store.read(
      shape,
      `select address, impact, impact_block, impact_log_index, impact_at from account where impact_at > 0 and ${where}
       order by impact desc, impact_block, impact_log_index, address limit ?`,
      [...parameters, count],
    )
  if (after === undefined) return select('impact > ?', [0n], limit)
  const { impact, block, logIndex } = after
  const ties = await select(
    'impact = ? and (impact_block, impact_log_index) > (?, ?)',
    [impact, block, logIndex],
    limit,
  )
  if (ties.length === limit) return ties
  return [...ties, ...(await select('impact > ? and impact < ?', [0n, impact], limit - ties.length))]
}

async function inWindow(
  store: Store,
  days: number,
  asOf: AsOf,
  after: After | undefined,
  limit: number,
): Promise<Earned[]> {
  const place = 'impact_block * 1048576 + impact_log_index'
  const sum = store.sum('impact')
  const today = dayOf(asOf.timestamp)
  const parameters: Parameter[] = [today - days, today]
  let having = ''
  if (after !== undefined) {
    having = `having ${sum} < ? or (${sum} = ? and max(${place}) > ?)`
    parameters.push(after.impact, after.impact, after.block * 1_048_576 + after.logIndex)
  }
  const rows = await store.read(
    { address: 'bytes', impact: 'amount', place: 'integer', impactAt: 'integer' } as const,
    `select address, ${sum} impact, max(${place}) place, max(impact_at) impact_at from impact_day
     where day > ? and day <= ? group by address ${having} order by ${sum} desc, max(${place}) limit ?`,
    [...parameters, limit],
  )
  return rows.map(({ place: last, ...row }) => ({
    ...row,
    impactBlock: Math.floor(last / 1_048_576),
    impactLogIndex: last % 1_048_576,
  }))
}

function toEntry(row: Earned, rank: number): ImpactEntry {
  return {
    rank,
    account: toAddress(row.address),
    impact: row.impact.toString(),
    reachedAt: { blockNumber: row.impactBlock, logIndex: row.impactLogIndex, timestamp: row.impactAt },
  }
}
