import { statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import type { Hex } from 'viem'
import { amountToBytes, bigToBytes, bytesOf, bytesToBig, hexOf, rowToJson } from './codec.ts'
import { type TableName, tables } from './schema.ts'
import { baseType, columnsOf, type Dialect, onConflict } from './sql.ts'
import type { BlockRecord, Change, Cursor, Parameter, Store } from './store.ts'
import { type AnyRow, type ColumnType, type RowOf, type Shape, type Table, toSnake } from './table.ts'
import { restorationOf, type UndoRow } from './undo.ts'

export const dialect: Dialect = {
  types: { integer: 'integer', amount: 'blob', word: 'blob', bytes: 'blob', text: 'text' },
  tableOptions: ' strict, without rowid',
}

type Value = number | string | Uint8Array | null
type Statements = { upsert: Database.Statement; load: Database.Statement; remove: Database.Statement }
type Connections = {
  file: string
  writer: Database.Database
  reader: Database.Database
  lock: Database.Database | undefined
}

/** Statements are synchronous: nothing can come between those of one transaction. */
export class SqliteStore implements Store {
  readonly kind = 'sqlite'
  readonly name: string
  readonly #writer: Database.Database
  readonly #reader: Database.Database
  readonly #lock: Database.Database | undefined
  readonly #statements = new Map<TableName, Statements>()
  readonly #queries = new Map<string, Database.Statement>()

  constructor({ file, writer, reader, lock }: Connections) {
    this.name = file
    this.#writer = writer
    this.#reader = reader
    this.#lock = lock
    for (const name of Object.keys(tables) as TableName[]) this.#statements.set(name, prepare(writer, tables[name]))
  }

  async cursor(): Promise<Cursor | undefined> {
    return readCursor(this.#writer)
  }

  async blocks(limit: number): Promise<BlockRecord[]> {
    const rows = this.#writer.prepare('select number, hash, timestamp from block order by number desc limit ?').raw()
    return (rows.all(limit) as [number, Buffer, number][]).map(toBlock)
  }

  async load<S extends Shape>(name: TableName, keys: AnyRow[]): Promise<RowOf<S>[]> {
    const table: Table = tables[name]
    const { load } = this.#statements.get(name)!
    const rows: RowOf<S>[] = []
    for (const key of keys) {
      const found = load.get(...encode(table.key, table.columns, key)) as Value[] | undefined
      if (found !== undefined) rows.push(decode(table.columns, found) as RowOf<S>)
    }
    return rows
  }

  async commit(change: Change): Promise<void> {
    this.#transaction(() => {
      for (const [name, rows] of change.rows) this.#upsert(name, rows)
      const undo = this.#query('insert into undo (block, table_name, key, before) values (?, ?, ?, ?)')
      for (const { block, table, key, before } of change.undo) {
        undo.run(block, table, rowToJson(key), before === null ? null : rowToJson(before))
      }
      const block = this.#query('insert into block values (?, ?, ?)')
      for (const record of change.blocks) block.run(record.number, bytesOf(record.hash), record.timestamp)
      this.#query('delete from undo where block < ?').run(change.keepFrom)
      this.#query('delete from block where number < ?').run(change.keepFrom)
      this.#writeCursor(change.cursor)
    })
  }

  async rollback({ number, hash, timestamp }: BlockRecord): Promise<void> {
    this.#transaction(() => {
      const recorded = this.#query('select table_name tableName, key, before from undo where block > ? order by seq')
      const { upserts, removals } = restorationOf(recorded.all(number) as UndoRow[])
      for (const [name, rows] of upserts) this.#upsert(name, rows)
      for (const [name, rows] of removals) this.#remove(name, rows)
      this.#query('delete from undo where block > ?').run(number)
      this.#query('delete from block where number > ?').run(number)
      this.#writeCursor({ block: number, hash, timestamp })
    })
  }

  async reset(): Promise<void> {
    this.#transaction(() => {
      for (const { name } of Object.values(tables)) this.#writer.exec(`delete from ${name}`)
      this.#writer.exec(`delete from undo; delete from block; delete from meta where key = 'cursor'`)
    })
  }

  async read<S extends Shape>(shape: S, sql: string, parameters: Parameter[] = []): Promise<RowOf<S>[]> {
    let statement = this.#queries.get(`r${sql}`)
    if (statement === undefined) {
      statement = this.#reader.prepare(sql).raw()
      this.#queries.set(`r${sql}`, statement)
    }
    return (statement.all(...parameters.map(toParameter)) as Value[][]).map((row) => decode(shape, row) as RowOf<S>)
  }

  sum(column: string): string {
    return `amount_sum(${column})`
  }

  async size(): Promise<number> {
    const { size } = this.#writer
      .prepare('select page_count * page_size size from pragma_page_count, pragma_page_size')
      .get() as {
      size: number
    }
    const wal = this.name === ':memory:' ? undefined : statSync(`${this.name}-wal`, { throwIfNoEntry: false })
    return size + (wal?.size ?? 0)
  }

  async close(): Promise<void> {
    if (this.#reader !== this.#writer) this.#reader.close()
    this.#writer.close()
    this.#lock?.close()
  }

  #transaction(work: () => void): void {
    this.#writer.transaction(work).immediate()
  }

  #query(sql: string): Database.Statement {
    let statement = this.#queries.get(sql)
    if (statement === undefined) {
      statement = this.#writer.prepare(sql)
      this.#queries.set(sql, statement)
    }
    return statement
  }

  #upsert(name: TableName, rows: AnyRow[]): void {
    const { columns }: Table = tables[name]
    const names = Object.keys(columns)
    const { upsert } = this.#statements.get(name)!
    for (const row of rows) upsert.run(...encode(names, columns, row))
  }

  #remove(name: TableName, rows: AnyRow[]): void {
    const table: Table = tables[name]
    const { remove } = this.#statements.get(name)!
    for (const row of rows) remove.run(...encode(table.key, table.columns, row))
  }

  #writeCursor({ block, hash, timestamp }: Cursor): void {
    this.#query(`insert into meta values ('cursor', ?) on conflict do update set value = excluded.value`).run(
      JSON.stringify([block, hash, timestamp]),
    )
  }
}

function prepare(db: Database.Database, table: Table): Statements {
  const names = Object.keys(table.columns)
  const where = table.key.map((column) => `${toSnake(column)} = ?`).join(' and ')
  const places = names.map(() => '?').join(', ')
  return {
    upsert: db.prepare(
      `insert into ${table.name} (${columnsOf(table.columns)}) values (${places}) ${onConflict(table)}`,
    ),
    load: db.prepare(`select ${columnsOf(table.columns)} from ${table.name} where ${where}`).raw(),
    remove: db.prepare(`delete from ${table.name} where ${where}`),
  }
}

function readCursor(db: Database.Database): Cursor | undefined {
  const row = db.prepare(`select value from meta where key = 'cursor'`).get() as { value: string } | undefined
  if (row === undefined) return undefined
  const [block, hash, timestamp] = JSON.parse(row.value) as [number, Hex, number]
  return { block, hash, timestamp }
}

function toBlock([number, hash, timestamp]: [number, Buffer, number]): BlockRecord {
  return { number, hash: hexOf(hash), timestamp }
}

function encode(names: readonly string[], columns: Shape, row: AnyRow): Value[] {
  const values: Value[] = new Array(names.length)
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!
    values[i] = encodeValue(name, columns[name]!, row[name]!)
  }
  return values
}

function encodeValue(name: string, type: ColumnType, value: AnyRow[string]): Value {
  if (value === null) return null
  switch (baseType(type)) {
    case 'amount':
      return amountToBytes(name, value as bigint)
    case 'word':
      return bigToBytes(value as bigint, 32)
    case 'bytes':
      return bytesOf(value as string)
    default:
      return value as number | string
  }
}

function decode(columns: Shape, values: Value[]): AnyRow {
  const row: AnyRow = {}
  let i = 0
  for (const name in columns) {
    const value = values[i++]!
    row[name] = value instanceof Uint8Array ? decodeBytes(columns[name]!, value) : value
  }
  return row
}

function decodeBytes(type: ColumnType, value: Uint8Array): string | bigint {
  return type === 'amount' || type === 'word' ? bytesToBig(value) : hexOf(value)
}

function toParameter(value: Parameter): Value {
  if (typeof value === 'bigint') return amountToBytes('parameter', value)
  return typeof value === 'string' && value.startsWith('0x') ? bytesOf(value) : value
}
