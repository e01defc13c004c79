import type { Hex } from 'viem'

/**
 * What a column holds.
 * - `integer`: a safe integer (ids, counts, block numbers, seconds).
 * - `amount`: wei or another unsigned number below 2^127, sorted by value. Never a float, never 64 bits.
 * - `word`: 32 bytes read as a number (bitmaps).
 * - `bytes`: addresses, hashes and digests, lower-case hex in memory.
 * - `text`: UTF-8; structured values as JSON.
 * A question mark allows null.
 */
export type ColumnType = 'integer' | 'amount' | 'word' | 'bytes' | 'text' | 'integer?' | 'bytes?' | 'text?'

export type ValueOf<T extends ColumnType> = T extends 'integer'
  ? number
  : T extends 'integer?'
    ? number | null
    : T extends 'amount' | 'word'
      ? bigint
      : T extends 'bytes'
        ? Hex
        : T extends 'bytes?'
          ? Hex | null
          : T extends 'text?'
            ? string | null
            : string

export type Shape = Record<string, ColumnType>
export type RowOf<S extends Shape> = { -readonly [K in keyof S]: ValueOf<S[K]> }
/** A row of some table, where only the table's own codec needs to know its columns. */
export type AnyRow = Record<string, number | bigint | string | null>

export type Table<S extends Shape = Shape> = {
  /** Name in SQL. */
  name: string
  columns: S
  /** Columns of the primary key, in order. */
  key: readonly string[]
  /** Further indexes: SQL column lists in order, some with `where` for the rows they hold. */
  indexes: readonly string[]
}

export function defineTable<const S extends Shape>(table: {
  name: string
  columns: S
  key: readonly (keyof S & string)[]
  indexes?: readonly string[]
}): Table<S> {
  return { indexes: [], ...table }
}

/** The SQL name of a column. */
export function toSnake(name: string): string {
  // A word of SQL's own.
  if (name === 'index') return 'position'
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** A row's key as one string, for maps in memory. */
export function keyOf(table: Table, row: AnyRow): string {
  let key = ''
  for (const column of table.key) key += `${row[column]}|`
  return key
}
