import { rowFromJson } from './codec.ts'
import type { TableName } from './schema.ts'
import { tables } from './schema.ts'
import type { AnyRow, Table } from './table.ts'

/** One row of the undo table. */
export type UndoRow = { tableName: string; key: string; before: string | null }

/** What to write, and what to remove, to be where the oldest of these changes began. */
export type Restoration = { upserts: Map<TableName, AnyRow[]>; removals: Map<TableName, AnyRow[]> }

/** @param rows - In the order they were recorded. Only the first of each row counts: it has the oldest state. */
export function restorationOf(rows: Iterable<UndoRow>): Restoration {
  const seen = new Set<string>()
  const upserts = new Map<TableName, AnyRow[]>()
  const removals = new Map<TableName, AnyRow[]>()
  for (const { tableName, key, before } of rows) {
    const id = `${tableName} ${key}`
    if (seen.has(id)) continue
    seen.add(id)
    const name = tableName as TableName
    const { columns }: Table = tables[name]
    const target = before === null ? removals : upserts
    const list = target.get(name) ?? []
    list.push(rowFromJson(columns, before ?? key))
    target.set(name, list)
  }
  return { upserts, removals }
}
