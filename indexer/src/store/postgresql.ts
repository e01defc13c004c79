import type pg from 'pg'
import type { Hex } from 'viem'
import { DatabaseUnavailableError, IndexerError } from '../errors.ts'
import { bigToBytes, bytesOf, bytesToBig, checkAmount, hexOf, rowToJson } from './codec.ts'
import { type TableName, tables } from './schema.ts'
import { baseType, columnsOf, type Dialect, onConflict } from './sql.ts'
import type { BlockRecord, Change, Cursor, Parameter, Store } from './store.ts'
import { type AnyRow, type ColumnType, type RowOf, type Shape, type Table, toSnake } from './table.ts'
import { restorationOf, type UndoRow } from './undo.ts'

export const dialect: Dialect = {
  types: { integer: 'bigint', amount: 'numeric(39)', word: 'bytea', bytes: 'bytea', text: 'text' },
  tableOptions: '',
}

type Connections = {
  name: string
  schema: string
  writer: pg.Client
  readers: pg.Pool
  /** A new writer that holds the lock. */
  connect: () => Promise<pg.Client>
}

/** Rows travel as one array per column, so that a range of blocks costs one statement per table. */
export class PostgresqlStore implements Store {
  readonly kind = 'postgresql'
  readonly name: string
  readonly #schema: string
  readonly #readers: pg.Pool
  readonly #connect: () => Promise<pg.Client>
  #writer: pg.Client | undefined

  constructor({ name, schema, writer, readers, connect }: Connections) {
    this.name = name
    this.#schema = schema
    this.#writer = writer
    this.#readers = readers
    this.#connect = connect
  }

  async cursor(): Promise<Cursor | undefined> {
    const { rows } = await this.#ask(`select value from meta where key = 'cursor'`, [])
    if (rows.length === 0) return undefined
    const [block, hash, timestamp] = JSON.parse(rows[0]!.value as string) as [number, Hex, number]
    return { block, hash, timestamp }
  }

  async blocks(limit: number): Promise<BlockRecord[]> {
    const { rows } = await this.#ask('select number, hash, timestamp from block order by number desc limit $1', [limit])
    return rows.map(({ number, hash, timestamp }) => ({
      number: number as number,
      hash: hexOf(hash as Buffer),
      timestamp: timestamp as number,
    }))
  }

  async load<S extends Shape>(name: TableName, keys: AnyRow[]): Promise<RowOf<S>[]> {
    if (keys.length === 0) return []
    const table: Table = tables[name]
    const sql = `select ${columnsOf(table.columns)} from ${table.name} where (${keyColumns(table)}) in (select * from ${unnest(table.key, table.columns)})`
    const { rows } = await this.#ask(sql, columnArrays(table.key, table.columns, keys))
    return rows.map((row) => decode(table.columns, row) as RowOf<S>)
  }

  async commit(change: Change): Promise<void> {
    await this.#transaction(async (writer) => {
      for (const [name, rows] of change.rows) await upsert(writer, name, rows)
      if (change.undo.length > 0) {
        await writer.query(
          'insert into undo (block, table_name, key, before) select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[])',
          [
            change.undo.map(({ block }) => block),
            change.undo.map(({ table }) => table),
            change.undo.map(({ key }) => rowToJson(key)),
            change.undo.map(({ before }) => (before === null ? null : rowToJson(before))),
          ],
        )
      }
      await writer.query('insert into block select * from unnest($1::bigint[], $2::bytea[], $3::bigint[])', [
        change.blocks.map(({ number }) => number),
        change.blocks.map(({ hash }) => bytesOf(hash)),
        change.blocks.map(({ timestamp }) => timestamp),
      ])
      await writer.query('delete from undo where block < $1', [change.keepFrom])
      await writer.query('delete from block where number < $1', [change.keepFrom])
      await writeCursor(writer, change.cursor)
    })
  }

  async rollback({ number, hash, timestamp }: BlockRecord): Promise<void> {
    await this.#transaction(async (writer) => {
      const sql = 'select table_name "tableName", key, before from undo where block > $1 order by seq'
      const { rows } = await writer.query<UndoRow>(sql, [number])
      const { upserts, removals } = restorationOf(rows)
      for (const [name, restored] of upserts) await upsert(writer, name, restored)
      for (const [name, removed] of removals) await remove(writer, name, removed)
      await writer.query('delete from undo where block > $1', [number])
      await writer.query('delete from block where number > $1', [number])
      await writeCursor(writer, { block: number, hash, timestamp })
    })
  }

  async reset(): Promise<void> {
    await this.#transaction(async (writer) => {
      const names = Object.values(tables).map(({ name }) => name)
      await writer.query(`truncate ${names.join(', ')}, undo, block`)
      await writer.query(`delete from meta where key = 'cursor'`)
    })
  }

  async read<S extends Shape>(shape: S, sql: string, parameters: Parameter[] = []): Promise<RowOf<S>[]> {
    let place = 0
    const numbered = sql.replace(/\?/g, () => `$${++place}`)
    const { rows } = await this.#ask(numbered, parameters.map(toParameter))
    return rows.map((row) => decode(shape, row) as RowOf<S>)
  }

  sum(column: string): string {
    return `sum(${column})`
  }

  async size(): Promise<number> {
    const sql = `select coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint size from pg_class c
      join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relkind = 'r'`
    const { rows } = await this.#ask(sql, [this.#schema])
    return rows[0]!.size as number
  }

  async close(): Promise<void> {
    await this.#readers.end()
    await this.#writer?.end()
  }

  async #ask(sql: string, values: unknown[]): Promise<{ rows: Record<string, unknown>[] }> {
    try {
      return await this.#readers.query(sql, values)
    } catch (cause) {
      throw new DatabaseUnavailableError(this.name, { cause })
    }
  }

  /** After any failure the connection is given up: a new one finds out what was written. */
  async #transaction(work: (writer: pg.Client) => Promise<void>): Promise<void> {
    this.#writer ??= await this.#connect()
    const writer = this.#writer
    try {
      await writer.query('begin')
      await work(writer)
      await writer.query('commit')
    } catch (cause) {
      this.#writer = undefined
      await writer.end().catch(() => undefined)
      if (cause instanceof IndexerError) throw cause
      throw new DatabaseUnavailableError(this.name, { cause })
    }
  }
}

async function upsert(writer: pg.Client, name: TableName, rows: AnyRow[]): Promise<void> {
  const table: Table = tables[name]
  const names = Object.keys(table.columns)
  const sql = `insert into ${table.name} (${columnsOf(table.columns)}) select * from ${unnest(names, table.columns)} ${onConflict(table)}`
  await writer.query(sql, columnArrays(names, table.columns, rows))
}

async function remove(writer: pg.Client, name: TableName, rows: AnyRow[]): Promise<void> {
  const table: Table = tables[name]
  const sql = `delete from ${table.name} where (${keyColumns(table)}) in (select * from ${unnest(table.key, table.columns)})`
  await writer.query(sql, columnArrays(table.key, table.columns, rows))
}

async function writeCursor(writer: pg.Client, { block, hash, timestamp }: Cursor): Promise<void> {
  const sql = `insert into meta values ('cursor', $1) on conflict (key) do update set value = excluded.value`
  await writer.query(sql, [JSON.stringify([block, hash, timestamp])])
}

function keyColumns(table: Table): string {
  return table.key.map(toSnake).join(', ')
}

function unnest(names: readonly string[], columns: Shape): string {
  const arrays = names.map((name, i) => `$${i + 1}::${dialect.types[baseType(columns[name]!)].replace(/\(.*/, '')}[]`)
  return `unnest(${arrays.join(', ')})`
}

function columnArrays(names: readonly string[], columns: Shape, rows: AnyRow[]): unknown[][] {
  return names.map((name) => rows.map((row) => encodeValue(name, columns[name]!, row[name]!)))
}

function encodeValue(name: string, type: ColumnType, value: AnyRow[string]): unknown {
  if (value === null) return null
  switch (baseType(type)) {
    case 'amount':
      return checkAmount(name, value as bigint).toString()
    case 'word':
      return bigToBytes(value as bigint, 32)
    case 'bytes':
      return bytesOf(value as string)
    default:
      return value
  }
}

function decode(columns: Shape, row: Record<string, unknown>): AnyRow {
  const decoded: AnyRow = {}
  for (const name in columns) decoded[name] = decodeValue(columns[name]!, row[toSnake(name)])
  return decoded
}

/** `sum` of integers is a numeric in PostgreSQL, so it comes as text. */
function decodeValue(type: ColumnType, value: unknown): AnyRow[string] {
  if (value === null || value === undefined) return null
  switch (baseType(type)) {
    case 'amount':
      return BigInt(value as string)
    case 'word':
      return bytesToBig(value as Buffer)
    case 'bytes':
      return hexOf(value as Buffer)
    case 'integer':
      return Number(value)
    default:
      return value as string
  }
}

function toParameter(value: Parameter): unknown {
  if (typeof value === 'bigint') return value.toString()
  return typeof value === 'string' && value.startsWith('0x') ? bytesOf(value) : value
}
