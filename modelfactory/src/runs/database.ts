import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { FactoryLockedError } from '../errors/runs.ts'
import { SCHEMA, STORE_VERSION } from './schema.ts'

/**
 * Opens the factory's database in `folder`. One process at a time: two would train the same run twice.
 * @throws FactoryLockedError
 */
export function openDatabase(folder: string): Database.Database {
  mkdirSync(folder, { recursive: true })
  const db = new Database(join(folder, 'modelfactory.sqlite'), { timeout: 0 })
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('journal_mode = WAL')
    // A run's state and a signed transaction survive a power cut.
    db.pragma('synchronous = FULL')
    db.exec('BEGIN EXCLUSIVE; COMMIT')
    db.exec(SCHEMA)
    db.pragma(`user_version = ${STORE_VERSION}`)
  } catch (cause) {
    db.close()
    throw new FactoryLockedError(folder, cause)
  }
  return db
}
