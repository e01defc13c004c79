import type { Hex } from 'viem'
import type { TableName } from './schema.ts'
import type { AnyRow, RowOf, Shape } from './table.ts'

/** How far the events are in. Everything up to `block` is; nothing after it. */
export type Cursor = { block: number; hash: Hex; timestamp: number }

/** A block that a reorganisation may still take away. */
export type BlockRecord = { number: number; hash: Hex; timestamp: number }

/** What a row was before a block changed it. `before` null: it did not exist. */
export type Undo = { block: number; table: TableName; key: AnyRow; before: AnyRow | null }

/** Everything a range of blocks changes: written in one transaction, or not at all. */
export type Change = {
  /** Rows as they are now, by table; replaces those with the same key. */
  rows: Map<TableName, AnyRow[]>
  /** In the order of their blocks; the first of each row and block. Empty for ranges that are final. */
  undo: Undo[]
  blocks: BlockRecord[]
  cursor: Cursor
  /** Block records and undo of blocks below this are dropped. */
  keepFrom: number
}

/** What a database belongs to. Another chain or deployment must not be mixed in. */
export type Identity = { chainId: number; datanets: Hex; startBlock: number }

export type Parameter = string | number | bigint | null

/**
 * Where the indexer keeps what it knows. Two implementations, one behaviour: see `store.behavior.ts`.
 *
 * Only one writer at a time can have a database open; readers see whole transactions only.
 */
export interface Store {
  readonly kind: 'sqlite' | 'postgresql'
  /** The file or database, for people; never with a password. */
  readonly name: string

  /** Undefined before the first {@link commit}. */
  cursor(): Promise<Cursor | undefined>
  /** The newest block records first, at most `limit`. */
  blocks(limit: number): Promise<BlockRecord[]>
  /** Rows with these primary keys; absent ones are left out. */
  load<S extends Shape = Shape>(table: TableName, keys: AnyRow[]): Promise<RowOf<S>[]>
  /** One transaction: all of it, the cursor included, or nothing. */
  commit(change: Change): Promise<void>
  /** Takes back every block after `block`, in one transaction. Its record must still be kept. */
  rollback(block: BlockRecord): Promise<void>
  /** Empties every table, in one transaction. */
  reset(): Promise<void>
  /** Runs one `select`, written in the part of SQL both databases have, with `?` for parameters. */
  read<S extends Shape>(shape: S, sql: string, parameters?: Parameter[]): Promise<RowOf<S>[]>
  /** SQL expression that adds up an `amount` column. */
  sum(column: string): string
  /** Bytes on disk. */
  size(): Promise<number>
  close(): Promise<void>
}
