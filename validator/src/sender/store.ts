import type { Hash } from 'viem'
import type { Database } from '../util/database.ts'

export interface SentTransaction {
  nonce: number
  hash: Hash
  purpose: string
  maxFeePerGas: bigint
  maxPriorityFeePerGas: bigint
}

interface Row {
  nonce: number
  hash: Hash
  purpose: string
  max_fee: string
  max_priority_fee: string
}

/** What was sent and not yet seen in a block, by account: a restarted node replaces it instead of queueing behind it. */
export class TransactionStore {
  readonly #db: Database
  readonly #account: string

  constructor(db: Database, account: string) {
    this.#db = db
    this.#account = account.toLowerCase()
    db.exec(`CREATE TABLE IF NOT EXISTS transactions (
      account TEXT NOT NULL, nonce INTEGER NOT NULL, hash TEXT NOT NULL, purpose TEXT NOT NULL,
      max_fee TEXT NOT NULL, max_priority_fee TEXT NOT NULL, PRIMARY KEY (account, hash)) STRICT`)
  }

  add({ nonce, hash, purpose, maxFeePerGas, maxPriorityFeePerGas }: SentTransaction): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO transactions VALUES (?, ?, ?, ?, ?, ?)')
      .run(this.#account, nonce, hash, purpose, maxFeePerGas.toString(), maxPriorityFeePerGas.toString())
  }

  /** Transactions at `nonce`, oldest first. */
  at(nonce: number): SentTransaction[] {
    const rows = this.#db
      .prepare('SELECT * FROM transactions WHERE account = ? AND nonce = ? ORDER BY rowid')
      .all(this.#account, nonce) as Row[]
    return rows.map((row) => ({
      nonce: row.nonce,
      hash: row.hash,
      purpose: row.purpose,
      maxFeePerGas: BigInt(row.max_fee),
      maxPriorityFeePerGas: BigInt(row.max_priority_fee),
    }))
  }

  /** Forgets everything below `nonce`: a block has taken those places. */
  forgetBelow(nonce: number): void {
    this.#db.prepare('DELETE FROM transactions WHERE account = ? AND nonce < ?').run(this.#account, nonce)
  }
}
