import type { FileVerdict, Fingerprint, Terms } from '../checks/index.ts'
import type { Database } from '../util/database.ts'

export interface Features {
  fingerprint?: Fingerprint
  terms?: Terms
}

/**
 * What was computed from content, by content: it never becomes wrong, whatever the chain does. Rows of another version of
 * the checks are not read.
 */
export class FingerprintStore {
  readonly #db: Database
  readonly #version: string

  constructor(db: Database, version: string) {
    this.#db = db
    this.#version = version
    db.exec(`CREATE TABLE IF NOT EXISTS fingerprints (
      sha256 TEXT NOT NULL, format TEXT NOT NULL, version TEXT NOT NULL, features TEXT NOT NULL,
      PRIMARY KEY (sha256, format, version)) STRICT, WITHOUT ROWID`)
  }

  get(sha256: string, format: string): Features | undefined {
    const row = this.#db
      .prepare('SELECT features FROM fingerprints WHERE sha256 = ? AND format = ? AND version = ?')
      .get(sha256, format, this.#version) as { features: string } | undefined
    return row && (JSON.parse(row.features) as Features)
  }

  put(sha256: string, format: string, { fingerprint, terms }: Pick<FileVerdict, 'fingerprint' | 'terms'>): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO fingerprints VALUES (?, ?, ?, ?)')
      .run(sha256, format, this.#version, JSON.stringify({ fingerprint, terms }))
  }
}
