import { type ColumnType, type Shape, type Table, toSnake } from './table.ts'

/** What differs between the two databases, as text. */
export type Dialect = {
  types: Record<'integer' | 'amount' | 'word' | 'bytes' | 'text', string>
  /** Placed after the column list of `create table`. */
  tableOptions: string
}

export function createTable(table: Table, dialect: Dialect): string[] {
  const columns = Object.entries(table.columns).map(([name, type]) => `${toSnake(name)} ${columnType(type, dialect)}`)
  const key = table.key.map(toSnake).join(', ')
  return [
    `create table if not exists ${table.name} (${columns.join(', ')}, primary key (${key}))${dialect.tableOptions}`,
    ...table.indexes.map((index, i) => {
      const [columns, where] = index.split(' where ')
      const condition = where === undefined ? '' : ` where ${where}`
      return `create index if not exists ${table.name}_${i + 1} on ${table.name} (${columns})${condition}`
    }),
  ]
}

function columnType(type: ColumnType, dialect: Dialect): string {
  const nullable = type.endsWith('?')
  return `${dialect.types[baseType(type)]}${nullable ? '' : ' not null'}`
}

/** The type without its question mark. */
export function baseType(type: ColumnType): 'integer' | 'amount' | 'word' | 'bytes' | 'text' {
  return (type.endsWith('?') ? type.slice(0, -1) : type) as 'integer' | 'amount' | 'word' | 'bytes' | 'text'
}

/** Column list of a select for `shape`. */
export function columnsOf(shape: Shape, alias?: string): string {
  const prefix = alias === undefined ? '' : `${alias}.`
  return Object.keys(shape)
    .map((name) => prefix + toSnake(name))
    .join(', ')
}

/** The part of an upsert after `values`: every column that is not in the key takes the new value. */
export function onConflict(table: Table): string {
  const rest = Object.keys(table.columns).filter((name) => !table.key.includes(name))
  const sets = rest.map((name) => `${toSnake(name)} = excluded.${toSnake(name)}`)
  return `on conflict (${table.key.map(toSnake).join(', ')}) do update set ${sets.join(', ')}`
}

/** Tables beside those of the schema: what is known of blocks, and how to take them back. */
export function bookkeeping({ types }: Dialect, autoKey: string): string[] {
  return [
    `create table if not exists meta (key text primary key, value text not null)`,
    `create table if not exists block (number ${types.integer} primary key, hash ${types.bytes} not null, timestamp ${types.integer} not null)`,
    `create table if not exists undo (seq ${autoKey}, block ${types.integer} not null, table_name text not null, key text not null, before text)`,
    'create index if not exists undo_1 on undo (block)',
  ]
}
