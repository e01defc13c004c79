import { closeSync, existsSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** One thing that happened to a run. `id` counts from 1 without gaps, across restarts. */
export interface RunEvent {
  id: number
  /** Milliseconds since 1970. */
  at: number
  type: string
  [name: string]: unknown
}

type Listener = (event: RunEvent) => void

/**
 * A run's events: appended to a file first, told to listeners second. Whoever was away reads on from the last id it saw and
 * has missed nothing.
 */
export class EventLog {
  readonly #path: string
  readonly #listeners = new Set<Listener>()
  readonly #events: RunEvent[]
  #file: number | undefined

  constructor(path: string) {
    this.#path = path
    mkdirSync(dirname(path), { recursive: true })
    this.#events = existsSync(path) ? readWhole(path) : []
  }

  append(event: { type: string; [name: string]: unknown }): RunEvent {
    const entry: RunEvent = { ...event, id: this.#events.length + 1, at: Date.now() }
    this.#file ??= openSync(this.#path, 'a')
    writeSync(this.#file, `${JSON.stringify(entry)}\n`)
    this.#events.push(entry)
    for (const listener of this.#listeners) listener(entry)
    return entry
  }

  /** Events after `id`, oldest first. */
  after(id = 0): readonly RunEvent[] {
    return this.#events.slice(id)
  }

  /** Calls back for every event after `id`, those of the past first. Returns what ends it. */
  follow(id: number, listener: Listener): () => void {
    for (const event of this.after(id)) listener(event)
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The highest of the trainer's own numbers that is in the log. */
  get trainerSequence(): number {
    return (this.#events.findLast((event) => typeof event.sequence === 'number')?.sequence as number | undefined) ?? 0
  }

  close(): void {
    this.#listeners.clear()
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }
}

/** Cuts off a last line that was only half written. */
function readWhole(path: string): RunEvent[] {
  const data = readFileSync(path)
  const whole = data.lastIndexOf(0x0a) + 1
  if (whole !== data.length) truncateSync(path, whole)
  const lines = data.subarray(0, whole).toString().split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line) as RunEvent)
}
