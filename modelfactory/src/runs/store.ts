import type Database from 'better-sqlite3'
import { type ErrorJson, toErrorJson } from '../errors/base.ts'
import { RunNotFoundError, RunStateError } from '../errors/runs.ts'
import type { Run, RunFacts, RunRequest } from './run.ts'
import { canFollow, type RunState, STATES } from './states.ts'

interface Row {
  number: number
  state: RunState
  request: string
  facts: string
  error: string | null
  asked: 'pause' | 'cancel' | null
  created_at: number
  updated_at: number
}

/** The runs, as they survive a restart. Every change is one committed statement. */
export class RunStore {
  readonly #db: Database.Database

  constructor(db: Database.Database) {
    this.#db = db
  }

  add(request: RunRequest): Run {
    const now = Date.now()
    const { lastInsertRowid } = this.#db
      .prepare('INSERT INTO runs (state, request, created_at, updated_at) VALUES (?, ?, ?, ?)')
      .run('queued', toText(request), now, now)
    return this.get(`r${lastInsertRowid}`)
  }

  /** @throws RunNotFoundError */
  get(id: string): Run {
    const number = /^r([1-9]\d{0,14})$/.exec(id)?.[1]
    const row =
      number && (this.#db.prepare('SELECT * FROM runs WHERE number = ?').get(Number(number)) as Row | undefined)
    if (!row) throw new RunNotFoundError(id)
    return fromRow(row)
  }

  /** Oldest first. */
  list({ states }: { states?: readonly RunState[] } = {}): Run[] {
    const rows = this.#db.prepare('SELECT * FROM runs ORDER BY number').all() as Row[]
    return rows.filter(({ state }) => states === undefined || states.includes(state)).map(fromRow)
  }

  /** @throws RunStateError when the present state cannot lead there. */
  move(id: string, to: RunState, change: { facts?: RunFacts; error?: unknown } = {}): Run {
    const run = this.get(id)
    if (!canFollow(run.state, to)) {
      const allowed = STATES.filter((state) => canFollow(state, to))
      throw new RunStateError({ id, state: run.state, action: `become ${to}`, allowed })
    }
    const facts = { ...run.facts, ...change.facts }
    const error = change.error === undefined ? null : JSON.stringify(toErrorJson(change.error))
    const answered =
      to === 'cancelled' || to === 'failed' || (run.asked === 'pause' && (to === 'paused' || to === 'packaging'))
    const asked = answered ? null : (run.asked ?? null)
    this.#db
      .prepare('UPDATE runs SET state = ?, facts = ?, error = ?, asked = ?, updated_at = ? WHERE number = ?')
      .run(to, toText(facts), error, asked, Date.now(), Number(id.slice(1)))
    return this.get(id)
  }

  /** Keeps facts without a change of state. */
  note(id: string, facts: RunFacts): Run {
    return this.move(id, this.get(id).state, { facts })
  }

  ask(id: string, what: 'pause' | 'cancel' | undefined): Run {
    this.#db.prepare('UPDATE runs SET asked = ? WHERE number = ?').run(what ?? null, Number(id.slice(1)))
    return this.get(id)
  }
}

function fromRow(row: Row): Run {
  return {
    id: `r${row.number}`,
    state: row.state,
    request: fromText(row.request) as RunRequest,
    facts: fromText(row.facts) as RunFacts,
    error: row.error === null ? undefined : (JSON.parse(row.error) as ErrorJson),
    asked: row.asked ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

/** Bigints as `{"$bigint": "…"}`, so that they come back as what they were. */
function toText(value: unknown): string {
  return JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? { $bigint: String(item) } : item))
}

function fromText(text: string): unknown {
  return JSON.parse(text, (_, item) => (typeof item?.$bigint === 'string' ? BigInt(item.$bigint) : item))
}
