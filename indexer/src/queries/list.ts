import type { Hex } from 'viem'
import type { Page } from '../api/types.ts'
import { type Row, type TableName, tables } from '../store/schema.ts'
import { columnsOf } from '../store/sql.ts'
import type { Parameter, Store } from '../store/store.ts'
import { type Table, toSnake } from '../store/table.ts'
import { consistent } from './consistent.ts'
import { decodeCursor, encodeCursor, InvalidQueryError, type PageQuery, pageSize } from './page.ts'

export type ListOptions<N extends TableName, T> = {
  table: N
  /** Name of the list: cursors of one are refused by another. */
  list: string
  /** Columns that order it, all in one direction, an index beginning with the filter's columns. */
  order: readonly (keyof Row<N> & string)[]
  newestFirst?: boolean
  /** Equalities, by column. Undefined ones do not filter. */
  filter?: Partial<Record<keyof Row<N> & string, Parameter | undefined>>
  query: PageQuery
  toItem: (row: Row<N>) => T
}

/** One page of a table by keyset: deep pages cost what the first one costs. */
export async function listRows<N extends TableName, T>(store: Store, options: ListOptions<N, T>): Promise<Page<T>> {
  return consistent(store, async () => pageOf(await rowsOf(store, options), options))
}

/** The rows of a page and one more, which tells whether another page follows. */
export async function rowsOf<N extends TableName, T>(store: Store, options: ListOptions<N, T>): Promise<Row<N>[]> {
  const table: Table = tables[options.table]
  const limit = pageSize(options.query.limit)
  const filters = Object.entries(options.filter ?? {}).filter(([, value]) => value !== undefined) as [
    string,
    Parameter,
  ][]
  const conditions = filters.map(([column]) => `${toSnake(column)} = ?`)
  const parameters: Parameter[] = filters.map(([, value]) => value)
  const columns = options.order.map(toSnake)
  if (options.query.after !== undefined) {
    const sign = options.newestFirst ? '<' : '>'
    const form = options.order.map((column) => (table.columns[column] === 'integer' ? 'number' : 'string'))
    conditions.push(`(${columns.join(', ')}) ${sign} (${columns.map(() => '?').join(', ')})`)
    parameters.push(...decodeCursor(options.list, form as ('number' | 'string')[], options.query.after))
  }
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`
  const direction = options.newestFirst ? ' desc' : ''
  const order = columns.map((column) => column + direction).join(', ')
  const sql = `select ${columnsOf(table.columns)} from ${table.name} ${where} order by ${order} limit ?`
  return (await store.read(table.columns, sql, [...parameters, limit + 1])) as Row<N>[]
}

export function pageOf<N extends TableName, T>(
  rows: Row<N>[],
  { list, order, query, toItem }: ListOptions<N, T>,
): { items: T[]; next: string | null } {
  const shown = rows.slice(0, pageSize(query.limit))
  const last = shown.at(-1)
  const more = rows.length > shown.length && last !== undefined
  const place = order.map((column) => (last as Record<string, number | string> | undefined)?.[column] ?? 0)
  return { items: shown.map(toItem), next: more ? encodeCursor(list, place) : null }
}

/** Rows with these keys, by the key's text. */
export async function rowsByKey<N extends TableName>(
  store: Store,
  table: N,
  keys: Partial<Row<N>>[],
): Promise<Row<N>[]> {
  return (await store.load(table, keys as never[])) as unknown as Row<N>[]
}

export function parseAddress(text: string): Hex {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text))
    throw new InvalidQueryError('The address', text, 'an address with 40 hex digits')
  return text.toLowerCase() as Hex
}

export function parseHash(text: string): Hex {
  if (!/^0x[0-9a-fA-F]{64}$/.test(text)) throw new InvalidQueryError('The hash', text, 'a hash with 64 hex digits')
  return text.toLowerCase() as Hex
}

/** A lot's text form, as its columns. */
export function parseLot(text: string): { datanetId: number; number: number } {
  const match = /^([1-9]\d{0,9})-(0|[1-9]\d{0,9})$/.exec(text)
  if (match === null) throw new InvalidQueryError('The lot', text, 'a Datanet and a lot, such as 3-12')
  return { datanetId: Number(match[1]), number: Number(match[2]) }
}

/** A contribution's text form, as columns. */
export function parseContribution(text: string): { datanetId: number; number: number; index: number } {
  const match = /^(\d+-\d+)-(0|[1-9]\d{0,2})$/.exec(text)
  if (match === null)
    throw new InvalidQueryError('The contribution', text, 'a Datanet, a lot and an item, such as 3-12-7')
  return { ...parseLot(match[1]!), index: Number(match[2]) }
}
