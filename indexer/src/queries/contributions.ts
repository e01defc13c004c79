import { hasBit } from '@datanets/sdk/utils'
import type { Hex } from 'viem'
import type { Contribution, ContributionStatus, Page } from '../api/types.ts'
import { outcomes, outcomesOf } from '../handlers/outcomes.ts'
import type { Row } from '../store/schema.ts'
import { tables } from '../store/schema.ts'
import { columnsOf } from '../store/sql.ts'
import type { Parameter, Store } from '../store/store.ts'
import { consistent } from './consistent.ts'
import { parseContribution, rowsByKey } from './list.ts'
import { decodeCursor, encodeCursor, type PageQuery, pageSize, UnknownEntityError } from './page.ts'
import { toAddress, toCid, toPlace } from './rows.ts'

export type ContributionsQuery = PageQuery & { datanetId?: number | undefined; contributor?: Hex | undefined }

/** An item of a submission: where a page of contributions ends. */
type Place = { datanetId: number; number: number; index: number }

/**
 * Contributions in the order of the chain within their Datanets; those of one contributor newest first. They are not kept
 * one by one: a page takes the submissions that hold it apart, with the words of their lots.
 */
export async function getContributions(store: Store, query: ContributionsQuery): Promise<Page<Contribution>> {
  const limit = pageSize(query.limit)
  const list = `contributions-${query.datanetId ?? 'all'}-${query.contributor ?? 'all'}`
  const after = query.after === undefined ? undefined : toPlaceAfter(list, query.after)
  return consistent(store, async () => {
    const submissions = await submissionsFrom(store, query, after, limit + 1)
    const expand = query.contributor === undefined ? expandUp : expandDown
    const places = submissions.flatMap((submission) => expand(submission, after)).slice(0, limit + 1)
    const shown = places.slice(0, limit)
    const items = await toContributions(store, shown)
    const last = shown.at(-1)
    const more = places.length > limit && last !== undefined
    return { items, next: more ? encodeCursor(list, [...keyOf(last.submission), last.index]) : null }
  })
}

export async function getContribution(store: Store, id: string): Promise<Contribution> {
  const { datanetId, number, index } = parseContribution(id)
  const { columns } = tables.submission
  const [submission] = await store.read(
    columns,
    `select ${columnsOf(columns)} from submission where datanet_id = ? and lot_number = ? and first <= ? order by first desc limit 1`,
    [datanetId, number, index],
  )
  if (submission === undefined || index >= submission.first + submission.count)
    throw new UnknownEntityError('contribution', id)
  return (await toContributions(store, [{ submission, index }]))[0]!
}

type Item = { submission: Row<'submission'>; index: number }

function keyOf({ datanetId, lotNumber, block, logIndex }: Row<'submission'>): [number, number, number, number] {
  return [datanetId, lotNumber, block, logIndex]
}

type After = Place & { block: number; logIndex: number }

function toPlaceAfter(list: string, cursor: string): After {
  const form = ['number', 'number', 'number', 'number', 'number'] as const
  const [datanetId, number, block, logIndex, index] = decodeCursor(list, form, cursor) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return { datanetId, number, block, logIndex, index }
}

/** Submissions from the one that holds `after` on: each has at least one item, so as many as items asked for suffice. */
function submissionsFrom(store: Store, query: ContributionsQuery, after: After | undefined, limit: number) {
  const { columns } = tables.submission
  const conditions: string[] = []
  const parameters: Parameter[] = []
  const { datanetId, contributor } = query
  if (datanetId !== undefined) {
    conditions.push('datanet_id = ?')
    parameters.push(datanetId)
  }
  let order = 'datanet_id, lot_number, first'
  if (contributor !== undefined) {
    order = 'block desc, log_index desc'
    conditions.push('contributor = ?')
    parameters.push(contributor)
    if (after !== undefined) {
      conditions.push('(block, log_index) <= (?, ?)')
      parameters.push(after.block, after.logIndex)
    }
  } else if (after !== undefined) {
    // A submission of at most 256 items that holds the next one cannot begin more than 255 before it.
    conditions.push('(datanet_id, lot_number, first) >= (?, ?, ?)')
    parameters.push(after.datanetId, after.number, Math.max(0, after.index - 255))
  }
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`
  const extra = after === undefined || contributor !== undefined ? 1 : 256
  return store.read(columns, `select ${columnsOf(columns)} from submission ${where} order by ${order} limit ?`, [
    ...parameters,
    limit + extra,
  ])
}

function expandUp(submission: Row<'submission'>, after: After | undefined): Item[] {
  const isSameLot = after?.datanetId === submission.datanetId && after.number === submission.lotNumber
  const from = isSameLot ? Math.max(submission.first, after.index + 1) : submission.first
  return range(from, submission.first + submission.count).map((index) => ({ submission, index }))
}

function expandDown(submission: Row<'submission'>, after: After | undefined): Item[] {
  const isSame = after?.block === submission.block && after.logIndex === submission.logIndex
  const to = isSame ? after.index : submission.first + submission.count
  return range(submission.first, to)
    .reverse()
    .map((index) => ({ submission, index }))
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)
}

async function toContributions(store: Store, items: Item[]): Promise<Contribution[]> {
  const submissions = [...new Set(items.map(({ submission }) => submission))]
  const lotKeys = new Map(
    submissions.map((s) => [`${s.datanetId}-${s.lotNumber}`, { datanetId: s.datanetId, number: s.lotNumber }]),
  )
  const lots = new Map(
    (await rowsByKey(store, 'lot', [...lotKeys.values()])).map((lot) => [`${lot.datanetId}-${lot.number}`, lot]),
  )
  const accruals = new Map(
    (
      await rowsByKey(
        store,
        'accrual',
        submissions.map(({ datanetId, lotNumber, first }) => ({ datanetId, lotNumber, first })),
      )
    ).map((accrual) => [`${accrual.datanetId}-${accrual.lotNumber}-${accrual.first}`, accrual]),
  )
  const results = new Map([...lots].map(([id, lot]) => [id, outcomesOf(lot)]))
  return items.map(({ submission, index }) => {
    const lotId = `${submission.datanetId}-${submission.lotNumber}`
    const accrual = accruals.get(`${lotId}-${submission.first}`)
    const status: ContributionStatus = outcomes[results.get(lotId)![index]!]!
    const isPaid = accrual !== undefined && hasBit(lots.get(lotId)!.accepted, index)
    return {
      id: `${lotId}-${index}`,
      datanetId: submission.datanetId,
      lot: lotId,
      index,
      status,
      contributor: toAddress(submission.contributor),
      submission: {
        first: submission.first,
        count: submission.count,
        root: submission.root,
        manifests: submission.manifests,
        manifestsCid: toCid(submission.manifests),
      },
      submitted: toPlace(submission),
      accrued: isPaid
        ? { ...toPlace(accrual), amountPerFile: (accrual.amount / BigInt(accrual.count)).toString() }
        : null,
    }
  })
}
