import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { DatabaseLockedError } from '../errors.ts'
import { amountToBytes, bytesToBig } from './codec.ts'
import { checkIdentity } from './identity.ts'
import { tables } from './schema.ts'
import { bookkeeping, createTable } from './sql.ts'
import { dialect, SqliteStore } from './sqlite.ts'
import type { Identity, Store } from './store.ts'

/**
 * The embedded database: one file with a write-ahead log, nothing to install.
 *
 * @param file - Where to; `:memory:` for one that nobody else sees.
 * @throws DatabaseLockedError while another indexer, in this process or another, has it open.
 */
export async function openSqlite({ file, identity }: { file: string; identity: Identity }): Promise<Store> {
  const inMemory = file === ':memory:'
  if (!inMemory) mkdirSync(dirname(file), { recursive: true })
  const lock = inMemory ? undefined : acquireLock(file)
  try {
    const writer = openWriter(file)
    await claimDatabase(writer, file, identity)
    // Readers have a connection of their own: they see the last whole transaction, never one under way.
    const reader = inMemory ? writer : withSums(new Database(file, { readonly: true }))
    return new SqliteStore({ file, writer, reader, lock })
  } catch (error) {
    lock?.close()
    throw error
  }
}

/** The operating system gives the lock back when its holder dies, however it dies. */
function acquireLock(file: string): Database.Database {
  const lock = new Database(`${file}.lock`, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
    return lock
  } catch (cause) {
    lock.close()
    throw new DatabaseLockedError(file, { cause })
  }
}

function openWriter(file: string): Database.Database {
  const writer = withSums(new Database(file))
  writer.pragma('journal_mode = wal')
  // With a write-ahead log this loses no consistency when power fails, at most the last ranges: they are read again.
  writer.pragma('synchronous = normal')
  writer.pragma('cache_size = -131072')
  // 64 MiB: pages that many ranges change are copied into the database once for all of them.
  writer.pragma('wal_autocheckpoint = 16384')
  writer.pragma('temp_store = memory')
  return writer
}

async function claimDatabase(db: Database.Database, file: string, identity: Identity): Promise<void> {
  for (const sql of bookkeeping(dialect, 'integer primary key')) db.exec(sql)
  const put = db.prepare('insert into meta values (?, ?)')
  await checkIdentity(file, identity, {
    read: async () => db.prepare('select key, value from meta').all() as { key: string; value: string }[],
    write: async (entries) =>
      db.transaction(() => {
        for (const entry of entries) put.run(...entry)
      })(),
  })
  for (const table of Object.values(tables)) for (const sql of createTable(table, dialect)) db.exec(sql)
}

/** Adds amounts up exactly, into the same bytes as their columns have. */
function withSums(db: Database.Database): Database.Database {
  db.aggregate('amount_sum', {
    start: 0n,
    step: (total: bigint, bytes: unknown) => (bytes instanceof Uint8Array ? total + bytesToBig(bytes) : total),
    result: (total: bigint) => amountToBytes('amount_sum', total),
    deterministic: true,
  })
  return db
}
