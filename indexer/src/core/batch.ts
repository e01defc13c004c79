import type { Row, TableName } from '../store/schema.ts'
import { tables } from '../store/schema.ts'
import type { BlockRecord, Change, Cursor, Store, Undo } from '../store/store.ts'
import { type AnyRow, keyOf, type Table } from '../store/table.ts'

/** A handler reads a row that it did not ask for: the range is run again with that row. Never leaves the core. */
export class RowNotLoaded extends Error {
  readonly table: TableName
  readonly key: AnyRow

  constructor(table: TableName, key: AnyRow) {
    super(`a row of ${table} was read before it was loaded`)
    this.table = table
    this.key = key
  }
}

/** Rows as last committed, kept between ranges. Null: known to be absent. */
export type RowCache = Map<TableName, Map<string, AnyRow | null>>

/** Most rows kept of each table between ranges. */
const CACHED_ROWS = 40_000

/** What a lot's votes and payments need to know of its submissions. */
export type LotSubmission = Pick<Row<'submission'>, 'first' | 'count' | 'contributor'>

/**
 * The rows that a range of blocks reads and changes. Handlers are synchronous: what they need is loaded before, what they
 * change is written afterwards, both in bulk.
 */
export class Batch {
  /** Blocks from here on can still be reorganised: what they change is kept. */
  readonly keepUndoFrom: number
  readonly #store: Store
  readonly #cache: RowCache
  readonly #wanted = new Map<TableName, Map<string, AnyRow>>()
  readonly #dirty = new Map<TableName, Map<string, AnyRow>>()
  readonly #undo: Undo[] = []
  #undone = new Set<string>()
  #undoneBlock = -1
  readonly #submissions = new Map<string, LotSubmission[]>()

  constructor(store: Store, cache: RowCache, { keepUndoFrom }: { keepUndoFrom: number }) {
    this.#store = store
    this.#cache = cache
    this.keepUndoFrom = keepUndoFrom
  }

  /** Asks for a row before {@link load}. */
  want(name: TableName, key: AnyRow): void {
    const text = keyOf(tables[name], key)
    if (this.#cache.get(name)?.has(text)) return
    mapOf(this.#wanted, name).set(text, key)
  }

  /** Asks for all submissions of a lot before {@link load}. */
  wantSubmissions(datanetId: number, lotNumber: number): void {
    this.#submissions.set(`${datanetId}|${lotNumber}`, [])
  }

  /** Returns whether there was anything to load. */
  async load(): Promise<boolean> {
    if (this.#wanted.size === 0) return false
    for (const [name, keys] of this.#wanted) {
      const cached = mapOf(this.#cache, name)
      for (const row of await this.#store.load(name, [...keys.values()])) cached.set(keyOf(tables[name], row), row)
      for (const key of keys.keys()) if (!cached.has(key)) cached.set(key, null)
    }
    this.#wanted.clear()
    return true
  }

  async loadSubmissions(): Promise<void> {
    const { datanetId, lotNumber, first, contributor, count } = tables.submission.columns
    const shape = { datanetId, lotNumber, first, contributor, count }
    for (const [key, list] of this.#submissions) {
      const lot = key.split('|').map(Number)
      const sql =
        'select datanet_id, lot_number, first, contributor, count from submission where datanet_id = ? and lot_number = ? order by first'
      list.push(...(await this.#store.read(shape, sql, lot)))
    }
  }

  /** Submissions of a lot that was wanted, those of this range included. */
  submissionsOf(datanetId: number, lotNumber: number): LotSubmission[] {
    return this.#submissions.get(`${datanetId}|${lotNumber}`) ?? []
  }

  get<N extends TableName>(name: N, key: Partial<Row<N>>): Row<N> | undefined {
    return (this.#cache.get(name)?.get(keyOf(tables[name], key as AnyRow)) ?? undefined) as Row<N> | undefined
  }

  /**
   * The row, to be changed in place by an event of `block`. Undefined when there is none.
   * @throws RowNotLoaded when nobody asked whether there is one.
   */
  edit<N extends TableName>(name: N, key: Partial<Row<N>>, block: number): Row<N> | undefined {
    const text = keyOf(tables[name], key as AnyRow)
    const row = this.#cache.get(name)?.get(text)
    if (row === undefined) throw new RowNotLoaded(name, key as AnyRow)
    if (row === null) return undefined
    this.#remember(name, text, row, row, block)
    mapOf(this.#dirty, name).set(text, row)
    return row as Row<N>
  }

  /** A row that was not there before. */
  create<N extends TableName>(name: N, row: Row<N>, block: number): Row<N> {
    const text = keyOf(tables[name], row as AnyRow)
    this.#remember(name, text, row as AnyRow, null, block)
    mapOf(this.#dirty, name).set(text, row as AnyRow)
    // Rows of the log are read again only through queries.
    if (name !== 'submission' && name !== 'accrual' && name !== 'claim')
      mapOf(this.#cache, name).set(text, row as AnyRow)
    if (name === 'submission') {
      const { datanetId, lotNumber } = row as Row<'submission'>
      this.#submissions.get(`${datanetId}|${lotNumber}`)?.push(row as Row<'submission'>)
    }
    return row
  }

  /** Everything this range changes, for one commit. */
  change({ cursor, blocks, keepFrom }: { cursor: Cursor; blocks: BlockRecord[]; keepFrom: number }): Change {
    const rows = new Map([...this.#dirty].map(([name, dirty]) => [name, [...dirty.values()]]))
    return { rows, undo: this.#undo, blocks, cursor, keepFrom }
  }

  /** Forgets the rows touched longest ago. Call after the commit. */
  trim(): void {
    for (const rows of this.#cache.values()) {
      let surplus = rows.size - CACHED_ROWS
      for (const key of rows.keys()) {
        if (surplus-- <= 0) break
        rows.delete(key)
      }
    }
  }

  #remember(name: TableName, text: string, keyRow: AnyRow, before: AnyRow | null, block: number): void {
    if (block < this.keepUndoFrom) return
    if (block !== this.#undoneBlock) {
      this.#undone = new Set()
      this.#undoneBlock = block
    }
    const id = `${name} ${text}`
    if (this.#undone.has(id)) return
    this.#undone.add(id)
    const table: Table = tables[name]
    const key = Object.fromEntries(table.key.map((column) => [column, keyRow[column]!]))
    this.#undo.push({ block, table: name, key, before: before === null ? null : { ...before } })
  }
}

function mapOf<K, V>(maps: Map<K, Map<string, V>>, name: K): Map<string, V> {
  let map = maps.get(name)
  if (map === undefined) {
    map = new Map()
    maps.set(name, map)
  }
  return map
}
