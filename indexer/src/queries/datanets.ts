import type { AsOf, Datanet, DatanetDay, Page } from '../api/types.ts'
import { dayOf, SECONDS_PER_DAY } from '../handlers/handler.ts'
import type { Row } from '../store/schema.ts'
import { tables } from '../store/schema.ts'
import { columnsOf } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import { consistent } from './consistent.ts'
import { listRows, rowsByKey } from './list.ts'
import { type PageQuery, UnknownEntityError } from './page.ts'
import { toAddress, toCid, toOutcomes, toPlace } from './rows.ts'

export function getDatanets(store: Store, query: PageQuery): Promise<Page<Datanet>> {
  return listRows(store, { table: 'datanet', list: 'datanets', order: ['id'], query, toItem: toDatanet })
}

export async function getDatanet(store: Store, id: number): Promise<Datanet> {
  const [row] = await rowsByKey(store, 'datanet', [{ id }])
  if (row === undefined) throw new UnknownEntityError('Datanet', String(id))
  return toDatanet(row)
}

/** Statistics of the last `days` UTC days on which something happened, the newest last. */
export async function getDatanetDays(
  store: Store,
  datanetId: number,
  days = 30,
): Promise<{ items: DatanetDay[]; asOf: AsOf }> {
  return consistent(store, async ({ timestamp }) => {
    const today = dayOf(timestamp)
    const { columns } = tables.datanetDay
    const rows = await store.read(
      columns,
      `select ${columnsOf(columns)} from datanet_day where datanet_id = ? and day > ? and day <= ? order by day`,
      [datanetId, today - days, today],
    )
    return { items: rows.map(toDay) }
  })
}

export function toDatanet(row: Row<'datanet'>): Datanet {
  return {
    id: row.id,
    creator: toAddress(row.creator),
    modality: row.modality as Datanet['modality'],
    terms: JSON.parse(row.terms),
    rules: row.rules,
    rulesCid: toCid(row.rules),
    budget: row.budget.toString(),
    funded: row.funded.toString(),
    accrued: row.accrued.toString(),
    claimed: row.claimed.toString(),
    lotFees: row.lotFees.toString(),
    contributors: row.contributors,
    submissions: row.submissions,
    totalBytes: row.totalBytes,
    lots: row.lots,
    score: row.score,
    ...toOutcomes(row),
    place: toPlace(row),
  }
}

function toDay({ datanetId: _, day, accrued, funded, lotFees, ...counts }: Row<'datanetDay'>): DatanetDay {
  return {
    date: new Date(day * SECONDS_PER_DAY * 1000).toISOString().slice(0, 10),
    ...counts,
    accrued: accrued.toString(),
    funded: funded.toString(),
    lotFees: lotFees.toString(),
  }
}
