import { setTimeout as sleep } from 'node:timers/promises'
import { RunStateError } from '../errors/runs.ts'
import type { RunContext } from './context.ts'
import { parseRequest } from './request.ts'
import type { Run } from './run.ts'
import { CANCELLABLE, IN_TRAINER, type RunState } from './states.ts'
import { anchor } from './steps/anchor.ts'
import { attest } from './steps/attest.ts'
import { open } from './steps/open.ts'
import { packageRun } from './steps/package.ts'
import { prepare } from './steps/prepare.ts'
import { adapterOf, train } from './steps/train.ts'

type Step = (context: RunContext, run: Run) => Promise<RunState>

/** What each state does, and so what a restart in it does again: every step can be repeated. */
const STEPS: Partial<Record<RunState, Step>> = {
  queued: async () => 'preparing',
  preparing: prepare,
  opening: open,
  training: train,
  evaluating: train,
  attributing: train,
  pausing: async () => 'paused',
  packaging: packageRun,
  anchoring: anchor,
}

/** States the worker takes runs from, furthest first: what is nearly done comes before what is new. */
const WORK: readonly RunState[] = [
  ...(['anchoring', 'packaging', 'attributing', 'evaluating', 'pausing', 'training'] as const),
  ...(['opening', 'preparing', 'queued'] as const),
]

/**
 * Works on runs one after another, and watches those that wait for validators. A run that fails says why and makes way for
 * the next.
 */
export class RunQueue {
  readonly #context: RunContext
  readonly #stopping = new AbortController()
  #wake: () => void = () => {}
  #loops: Promise<unknown> | undefined

  constructor(context: RunContext) {
    this.#context = context
  }

  start(): void {
    this.#loops ??= Promise.all([this.#work(), this.#watch()])
  }

  /** Ends the trainer with a checkpoint and returns when nothing is under way. Runs go on where they were at the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#wake()
    for (const task of this.#context.tasks.values()) task.pause()
    await this.#loops
  }

  /** @throws RunRequestError, RunNotFoundError, ModelNotReadyError */
  add(input: unknown): Run {
    const request = parseRequest(input)
    if (request.parent !== undefined) adapterOf(this.#context, request.parent)
    const run = this.#context.store.add(request)
    this.#context.logOf(run.id).append({ type: 'state', state: run.state })
    this.#wake()
    return run
  }

  /** Asks for a checkpoint and a rest. @throws RunStateError */
  pause(id: string): Run {
    const { store, tasks } = this.#context
    const { state } = store.get(id)
    if (!IN_TRAINER.includes(state)) throw new RunStateError({ id, state, action: 'pause', allowed: IN_TRAINER })
    store.ask(id, 'pause')
    tasks.get(id)?.pause()
    return state === 'training' ? this.#move(id, 'pausing') : store.get(id)
  }

  /** @throws RunStateError */
  resume(id: string): Run {
    const { store } = this.#context
    const { state } = store.get(id)
    if (state !== 'paused') throw new RunStateError({ id, state, action: 'go on', allowed: ['paused'] })
    store.ask(id, undefined)
    const run = this.#move(id, 'training')
    this.#wake()
    return run
  }

  /** @throws RunStateError */
  cancel(id: string): Run {
    const { store, tasks } = this.#context
    const { state } = store.get(id)
    if (!CANCELLABLE.includes(state)) throw new RunStateError({ id, state, action: 'stop', allowed: CANCELLABLE })
    const task = tasks.get(id)
    store.ask(id, 'cancel')
    if (task !== undefined) {
      task.cancel()
      return store.get(id)
    }
    // A step without a task looks at what was asked when it ends.
    return this.#current === id ? store.get(id) : this.#move(id, 'cancelled')
  }

  /** @throws RunStateError */
  retry(id: string): Run {
    const { store } = this.#context
    const { state } = store.get(id)
    if (state !== 'failed') throw new RunStateError({ id, state, action: 'try again', allowed: ['failed'] })
    store.ask(id, undefined)
    const run = this.#move(id, 'queued')
    this.#wake()
    return run
  }

  #current: string | undefined

  async #work(): Promise<void> {
    const { store } = this.#context
    while (!this.#stopping.signal.aborted) {
      const run = WORK.flatMap((state) => store.list({ states: [state] })).at(0)
      if (run === undefined) await this.#rest()
      else await this.#step(run)
    }
  }

  async #step(run: Run): Promise<void> {
    const { store } = this.#context
    this.#current = run.id
    try {
      const next = await STEPS[run.state]!(this.#context, run)
      // Stopped by us, not by a person: the state stays, and the next start goes on with it.
      if (next === 'paused' && this.#stopping.signal.aborted && store.get(run.id).asked === undefined) return
      const cancelled = store.get(run.id).asked === 'cancel' && CANCELLABLE.includes(store.get(run.id).state)
      this.#move(run.id, cancelled ? 'cancelled' : next)
    } catch (error) {
      if (this.#stopping.signal.aborted && !('shortMessage' in (error as object))) return
      this.#fail(run.id, error)
    } finally {
      this.#current = undefined
    }
  }

  async #watch(): Promise<void> {
    const { store, pollMs } = this.#context
    const { signal } = this.#stopping
    while (!signal.aborted) {
      for (const run of store.list({ states: ['attesting'] })) {
        try {
          const next = await attest(this.#context, run)
          if (next !== run.state) this.#move(run.id, next)
        } catch (error) {
          // Only a refusal is an answer; an RPC that is down is asked again.
          if ((error as Error).name === 'RunRefusedError') this.#fail(run.id, error)
        }
      }
      await sleep(pollMs, undefined, { signal }).catch(() => undefined)
    }
  }

  #move(id: string, to: RunState): Run {
    const { logOf, store } = this.#context
    if (store.get(id).state === to) return store.get(id)
    const run = store.move(id, to)
    logOf(id).append({ type: 'state', state: to })
    return run
  }

  #fail(id: string, error: unknown): void {
    const { logOf, store } = this.#context
    const { error: told } = store.move(id, 'failed', { error })
    logOf(id).append({ type: 'state', state: 'failed', error: told })
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
      if (this.#stopping.signal.aborted) resolve()
    })
  }
}
