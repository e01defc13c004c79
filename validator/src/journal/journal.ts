import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import type { Address, Hex } from 'viem'
import {
  JournalConflictError,
  JournalKeyMismatchError,
  JournalLockedError,
  JournalUnreadableError,
} from '../errors/journal.ts'
import { JOURNAL_VERSION, SCHEMA } from './schema.ts'

/** What is about to be signed. Two statements with the same place and subject must have the same content. */
export interface Statement {
  chainId: number
  /** The verifying contract of the signature. */
  contract: Address
  kind: 'lot' | 'run'
  /** What the signature is about: the lot's digest, which a reorganised lot does not keep. */
  subject: Hex
  /** For people: the lot's text form. */
  label: string
  /** Canonical text of everything that is signed beside the subject. */
  content: string
}

export interface RecordedStatement extends Statement {
  /** Milliseconds since 1970, of this machine's clock; for people only. */
  recordedAt: number
  signature: Hex | null
}

interface Row {
  chain_id: number
  contract: Address
  kind: 'lot' | 'run'
  subject: Hex
  label: string
  content: string
  recorded_at: number
  signature: Hex | null
}

/**
 * What one key has signed or is about to sign.
 *
 * A row is on disk before {@link Journal.record} returns, and the signature is made only afterwards: whenever the process
 * dies, the next one finds what the last one may have signed. The primary key makes a second content for one subject
 * impossible, also for two connections; the exclusive lock makes two connections impossible.
 *
 * Why the digest and not the lot's number is the key: the chain slashes two signatures over one digest. A reorganisation
 * gives a lot other submissions and so another digest, which has to be attested anew; when the first digest comes back, its
 * first statement is still the only one allowed.
 */
export class Journal {
  readonly path: string
  readonly #db: Database.Database

  private constructor(path: string, db: Database.Database) {
    this.path = path
    this.#db = db
  }

  /**
   * Opens the journal of `key` in `dir`, creating it when absent.
   * @throws JournalLockedError while another process has it open.
   */
  static open({ dir, key }: { dir: string; key: Address }): Journal {
    const path = join(dir, `journal-${key.toLowerCase()}.sqlite`)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
    chmodSync(path, 0o600)
    const db = new Database(path, { timeout: 0 })
    try {
      lock(db, path)
      migrate(db, path, key.toLowerCase())
    } catch (error) {
      db.close()
      throw error
    }
    return new Journal(path, db)
  }

  /**
   * Makes `statement` the only one allowed for its subject. Returns what is recorded, with the signature if there is one.
   * @throws JournalConflictError when another content is recorded.
   */
  record(statement: Statement): RecordedStatement {
    this.#db
      .prepare(
        `INSERT INTO statements (chain_id, contract, kind, subject, label, content, recorded_at)
         VALUES (@chainId, @contract, @kind, @subject, @label, @content, @recordedAt) ON CONFLICT DO NOTHING`,
      )
      .run({ ...normal(statement), recordedAt: Date.now() })
    const recorded = this.find(statement)
    if (recorded?.content !== statement.content) {
      throw new JournalConflictError({
        subject: statement.subject,
        label: statement.label,
        recorded: recorded?.content ?? 'nothing',
        refused: statement.content,
      })
    }
    return recorded
  }

  find(place: Omit<Statement, 'label' | 'content'>): RecordedStatement | undefined {
    const { chainId, contract, kind, subject } = normal(place)
    const row = this.#db
      .prepare('SELECT * FROM statements WHERE chain_id = ? AND contract = ? AND kind = ? AND subject = ?')
      .get(chainId, contract, kind, subject) as Row | undefined
    return row && fromRow(row)
  }

  /** Keeps the signature of a recorded statement, so that it can be handed out again without the key. */
  saveSignature(place: Omit<Statement, 'label' | 'content'>, signature: Hex): void {
    const { chainId, contract, kind, subject } = normal(place)
    this.#db
      .prepare(
        `UPDATE statements SET signature = ? WHERE chain_id = ? AND contract = ? AND kind = ? AND subject = ?
         AND signature IS NULL`,
      )
      .run(signature, chainId, contract, kind, subject)
  }

  /** Everything recorded, oldest first. */
  all(): RecordedStatement[] {
    return (this.#db.prepare('SELECT * FROM statements ORDER BY recorded_at, subject').all() as Row[]).map(fromRow)
  }

  close(): void {
    this.#db.close()
  }
}

function lock(db: Database.Database, path: string): void {
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('journal_mode = WAL')
    // FULL syncs the log at every commit: a recorded statement survives a power cut.
    db.pragma('synchronous = FULL')
    db.exec('BEGIN EXCLUSIVE; COMMIT')
  } catch (cause) {
    if (codeOf(cause).startsWith('SQLITE_BUSY') || codeOf(cause).startsWith('SQLITE_LOCKED')) {
      throw new JournalLockedError(path, cause)
    }
    throw new JournalUnreadableError(path, 'it is not a database of this kind', cause)
  }
}

function migrate(db: Database.Database, path: string, key: string): void {
  db.exec(SCHEMA)
  const version = db.pragma('user_version', { simple: true })
  if (version !== 0 && version !== JOURNAL_VERSION) {
    throw new JournalUnreadableError(path, `its version is ${String(version)}, this program knows ${JOURNAL_VERSION}`)
  }
  db.pragma(`user_version = ${JOURNAL_VERSION}`)
  db.prepare(`INSERT INTO meta (key, value) VALUES ('key', ?) ON CONFLICT DO NOTHING`).run(key)
  const { value } = db.prepare(`SELECT value FROM meta WHERE key = 'key'`).get() as { value: string }
  if (value !== key) throw new JournalKeyMismatchError({ path, expected: key, found: value })
}

/** One spelling for each place: hex without its checksum case. */
function normal<place extends Omit<Statement, 'label' | 'content'>>(place: place): place {
  return {
    ...place,
    contract: place.contract.toLowerCase() as Address,
    subject: place.subject.toLowerCase() as Hex,
  }
}

function fromRow(row: Row): RecordedStatement {
  return {
    chainId: row.chain_id,
    contract: row.contract,
    kind: row.kind,
    subject: row.subject,
    label: row.label,
    content: row.content,
    recordedAt: row.recorded_at,
    signature: row.signature,
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
