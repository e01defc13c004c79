import { setTimeout as sleep } from 'node:timers/promises'
import { isRetryable, type Step, type Sync } from './sync.ts'

/** What the loop is doing, for those who ask. */
export type RunnerState = 'backfill' | 'live' | 'stopped'

export type RunnerOptions = {
  sync: Sync
  /** Milliseconds between looks at the head, once it is reached. */
  pollMs: number
  /** Milliseconds of the longest pause after failures in a row. */
  maxPauseMs: number
  onError: (error: unknown, willRetry: boolean) => void
}

/** Steps until it is told to stop, or until a failure that no retry mends. */
export class Runner {
  state: RunnerState = 'backfill'
  /** The failure that is being retried, or that stopped it. */
  error: unknown
  readonly #options: RunnerOptions
  readonly #abort = new AbortController()
  #waiters: (() => void)[] = []
  #done: Promise<void> | undefined

  constructor(options: RunnerOptions) {
    this.#options = options
  }

  start(): void {
    this.#done ??= this.#run()
  }

  /** Resolves when the step under way is done. Nothing is written afterwards. */
  async stop(): Promise<void> {
    this.#abort.abort()
    await this.#done
  }

  /** Resolves once the head is reached or the loop has stopped for good. */
  async settled(): Promise<void> {
    if (this.state !== 'backfill') return
    await new Promise<void>((resolve) => this.#waiters.push(resolve))
  }

  async #run(): Promise<void> {
    const { sync, pollMs, maxPauseMs, onError } = this.#options
    let failures = 0
    while (!this.#abort.signal.aborted) {
      let pause = 0
      try {
        const step = await sync.step()
        failures = 0
        this.error = undefined
        if (isAtHead(sync, step)) {
          this.#enter('live')
          pause = pollMs
        } else this.#enter('backfill')
      } catch (error) {
        this.error = error
        const willRetry = isRetryable(error)
        onError(error, willRetry)
        if (!willRetry) return this.#enter('stopped')
        pause = Math.min(maxPauseMs, 50 * 2 ** failures++)
      }
      if (pause > 0) await sleep(pause, undefined, { signal: this.#abort.signal }).catch(() => undefined)
    }
  }

  #enter(state: RunnerState): void {
    this.state = state
    if (state === 'backfill') return
    for (const resolve of this.#waiters.splice(0)) resolve()
  }
}

function isAtHead({ cursor, head }: Sync, step: Step): boolean {
  return step.kind === 'idle' || (step.kind === 'range' && cursor !== undefined && cursor.block >= (head?.number ?? 0))
}
