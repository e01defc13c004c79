import pg from 'pg'
import { ConfigurationError, DatabaseLockedError, DatabaseUnavailableError } from '../errors.ts'
import { checkIdentity } from './identity.ts'
import { dialect, PostgresqlStore } from './postgresql.ts'
import { tables } from './schema.ts'
import { bookkeeping, createTable } from './sql.ts'
import type { Identity, Store } from './store.ts'

/** First half of the advisory lock's key, so that other uses of the database do not meet it. */
const LOCK_SPACE = 0xda7a

// Counts, blocks and times: all of them safe integers.
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8
      ? Number
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}

/**
 * PostgreSQL, for many readers or more than one machine.
 *
 * @param schema - Where the tables are within the database.
 * @throws DatabaseLockedError while another indexer writes to it.
 */
export async function openPostgresql({
  url,
  schema = 'datanets',
  identity,
}: {
  url: string
  schema?: string
  identity: Identity
}): Promise<Store> {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new ConfigurationError('The schema', schema, 'lower-case letters, digits and underscores')
  }
  const { host, pathname } = new URL(url)
  const name = `postgresql://${host}${pathname}?schema=${schema}`
  const config = { connectionString: url, options: `-c search_path=${schema}`, types }
  const connect = () => connectWriter(config, schema, name)
  const writer = await connect()
  try {
    await createTables(writer, schema, name, identity)
  } catch (error) {
    await writer.end()
    throw error
  }
  const readers = new pg.Pool({ ...config, max: 8, idleTimeoutMillis: 10_000 })
  // An idle reader that loses its connection is replaced when it is next needed.
  readers.on('error', () => undefined)
  return new PostgresqlStore({ name, schema, writer, readers, connect })
}

/** Everything is written on the connection that holds the lock: who loses the lock cannot write. */
async function connectWriter(config: pg.ClientConfig, schema: string, name: string): Promise<pg.Client> {
  const writer = new pg.Client(config)
  // Without a listener a lost connection would end the process; the next statement tells.
  writer.on('error', () => undefined)
  try {
    await writer.connect()
  } catch (cause) {
    throw new DatabaseUnavailableError(name, { cause })
  }
  const { rows } = await writer.query('select pg_try_advisory_lock($1, hashtext($2)) held', [LOCK_SPACE, schema])
  if (rows[0].held === true) return writer
  await writer.end()
  throw new DatabaseLockedError(name)
}

async function createTables(writer: pg.Client, schema: string, name: string, identity: Identity): Promise<void> {
  await writer.query(`create schema if not exists ${schema}`)
  for (const sql of bookkeeping(dialect, 'bigserial primary key')) await writer.query(sql)
  await checkIdentity(name, identity, {
    read: async () => (await writer.query('select key, value from meta')).rows,
    write: async (entries) => {
      const [keys, values] = [entries.map(([key]) => key), entries.map(([, value]) => value)]
      await writer.query('insert into meta select * from unnest($1::text[], $2::text[])', [keys, values])
    },
  })
  for (const table of Object.values(tables)) for (const sql of createTable(table, dialect)) await writer.query(sql)
}
