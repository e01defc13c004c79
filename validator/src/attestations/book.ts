import type { Hex } from 'viem'
import type { Database } from '../util/database.ts'
import { type SignedVotes, votesOfText, votesText } from './attestation.ts'

interface Row {
  digest: Hex
  validator_id: number
  content: string
  r: Hex
  vs: Hex
}

/** Two are a proof of fault; more prove nothing more. */
const KEPT_PER_VALIDATOR = 2

/** Checked attestations of everybody, by the digest they are about. Whoever settles takes them from here. */
export class AttestationBook {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
    db.exec(`CREATE TABLE IF NOT EXISTS attestations (
      digest TEXT NOT NULL, validator_id INTEGER NOT NULL, content TEXT NOT NULL, r TEXT NOT NULL, vs TEXT NOT NULL,
      PRIMARY KEY (digest, validator_id, content)) STRICT, WITHOUT ROWID`)
  }

  /** Adds an attestation whose signature was checked. Returns whether it was new. */
  add({ digest, validatorId, r, vs, ...votes }: SignedVotes): boolean {
    if (this.#of(digest, validatorId).length >= KEPT_PER_VALIDATOR) return false
    const { changes } = this.#db
      .prepare('INSERT INTO attestations VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')
      .run(digest.toLowerCase(), validatorId, votesText(votes), r, vs)
    return changes > 0
  }

  /** By validator and content, so that every node lists them alike. */
  of(digest: Hex): SignedVotes[] {
    const rows = this.#db
      .prepare('SELECT * FROM attestations WHERE digest = ? ORDER BY validator_id, content')
      .all(digest.toLowerCase()) as Row[]
    return rows.map(fromRow)
  }

  /** Pairs that prove a fault: two contents of one validator for one digest. */
  contradictions(digest: Hex): [SignedVotes, SignedVotes][] {
    const all = this.of(digest)
    return all.flatMap((first, at): [SignedVotes, SignedVotes][] => {
      const second = all[at + 1]
      return second?.validatorId === first.validatorId ? [[first, second]] : []
    })
  }

  #of(digest: Hex, validatorId: number): Row[] {
    return this.#db
      .prepare('SELECT * FROM attestations WHERE digest = ? AND validator_id = ?')
      .all(digest.toLowerCase(), validatorId) as Row[]
  }
}

function fromRow({ digest, validator_id, content, r, vs }: Row): SignedVotes {
  return { digest, validatorId: validator_id, ...votesOfText(content), r, vs }
}
