import { DeepReorgError, EventGapError, IndexerError, RpcAnswerError, UnhealableGapError } from '../errors.ts'
import type { AnyHandler } from '../handlers/handler.ts'
import type { BlockRecord, Cursor, Store } from '../store/store.ts'
import { applyEvents } from './apply.ts'
import { Batch, type RowCache } from './batch.ts'
import type { IndexedEvent } from './events.ts'
import type { Fetched, Fetcher } from './fetcher.ts'
import type { Header, Rpc } from './rpc.ts'

export type SyncOptions = {
  rpc: Rpc
  fetcher: Fetcher
  store: Store
  handlers: Map<string, AnyHandler>
  /** Where the contracts begin: no event is older. */
  startBlock: number
  /** Reorganisations of up to so many blocks are followed. */
  depth: number
  /** What a step did, for live updates and logs. */
  onStep?: (step: Step) => void
}

/** What one step did. `idle`: there was nothing to do. */
export type Step =
  | { kind: 'idle' }
  | { kind: 'range'; from: number; to: number; events: IndexedEvent[] }
  | { kind: 'rollback'; to: BlockRecord }
  | { kind: 'rebuild' }

/** Refetches of a range with a gap before it is looked for in older blocks. */
const GAP_RETRIES = 3
const MAX_REBUILDS = 2

/**
 * Brings the store to the head of the chain, one step at a time. Every step is one transaction that ends with the cursor
 * on a block whose hash is known, so that a process can die between any two instructions.
 */
export class Sync {
  head: Header | undefined
  cursor: Cursor | undefined
  readonly #options: SyncOptions
  readonly #cache: RowCache = new Map()
  #started = false
  #next: { from: number; fetched: Promise<Fetched> } | undefined
  #gaps = 0
  #rebuilds = 0

  constructor(options: SyncOptions) {
    this.#options = options
  }

  /** One range, one rollback, or nothing. Failures leave everything as it was. */
  async step(): Promise<Step> {
    try {
      const step = await this.#step()
      if (step.kind === 'range') this.#gaps = 0
      this.#options.onStep?.(step)
      return step
    } catch (error) {
      this.#next = undefined
      this.#cache.clear()
      // Whether a failed commit was written is for the database to say.
      this.#started = false
      if (!(error instanceof EventGapError)) throw error
      const step = await this.#healGap(error)
      this.#options.onStep?.(step)
      return step
    }
  }

  async #step(): Promise<Step> {
    const { store, rpc, startBlock, depth } = this.#options
    if (!this.#started) {
      this.cursor = await store.cursor()
      this.#started = true
    }
    const head = await rpc.latest()
    this.head = head
    const { cursor } = this
    if (cursor !== undefined && (await this.#isOrphaned(cursor, head))) return this.#rollBack(head)
    const from = cursor === undefined ? startBlock : cursor.block + 1
    if (from > head.number) return { kind: 'idle' }

    const settledTo = head.number - depth
    if (from <= settledTo) return this.#commit(await this.#settled(from, settledTo), head)
    const fetched = await this.#options.fetcher.headRange(from, head.number)
    if (cursor !== undefined && fetched.headers[0]!.parentHash !== cursor.hash) return this.#rollBack(head)
    if (fetched.headers.at(-1)!.hash !== head.hash) {
      throw new RpcAnswerError('eth_getBlockByNumber', `the head ${head.hash} was replaced meanwhile`)
    }
    return this.#commit(fetched, head)
  }

  /** A range far from the head; the next one is on its way while this one is worked on. */
  async #settled(from: number, limit: number): Promise<Fetched> {
    const { fetcher } = this.#options
    const fetched = await (this.#next?.from === from ? this.#next.fetched : fetcher.settledRange(from, limit))
    this.#next = undefined
    if (fetched.to < limit) {
      const ahead = fetcher.settledRange(fetched.to + 1, limit)
      // Its failure counts when its turn comes.
      ahead.catch(() => undefined)
      this.#next = { from: fetched.to + 1, fetched: ahead }
    }
    return fetched
  }

  async #commit({ from, to, events, headers }: Fetched, head: Header): Promise<Step> {
    const { store, handlers, depth } = this.#options
    const keepFrom = head.number - depth
    const batch = await applyEvents(events, handlers, (again) => {
      if (again) this.#cache.clear()
      return new Batch(store, this.#cache, { keepUndoFrom: keepFrom + 1 })
    })
    const last = headers.at(-1)!
    const cursor = { block: to, hash: last.hash, timestamp: last.timestamp }
    const blocks = headers.map(({ number, hash, timestamp }) => ({ number, hash, timestamp }))
    // What is older than the cursor can serve a rollback only while the cursor is near the head.
    await store.commit(batch.change({ cursor, blocks, keepFrom: Math.min(keepFrom, to) }))
    batch.trim()
    this.cursor = cursor
    return { kind: 'range', from, to, events }
  }

  /** Whether the chain no longer has the block the cursor stands on. */
  async #isOrphaned(cursor: Cursor, head: Header): Promise<boolean> {
    if (head.number === cursor.block) return head.hash !== cursor.hash
    if (head.number === cursor.block + 1) return head.parentHash !== cursor.hash
    if (this.#next?.from === cursor.block + 1) return false
    const header = head.number < cursor.block ? undefined : await this.#options.rpc.header(cursor.block)
    return header?.hash !== cursor.hash
  }

  /** Goes back to the newest block that the chain still has. */
  async #rollBack(head: Header): Promise<Step> {
    const { store, rpc, depth } = this.#options
    this.#next = undefined
    const known = await store.blocks(depth + 1)
    for (const block of known) {
      if (block.number > head.number) continue
      const header = await rpc.header(block.number)
      if (header?.hash === block.hash) return this.#rollBackTo(block)
    }
    throw new DeepReorgError(depth, known.at(-1)?.number ?? 0, head.number)
  }

  async #rollBackTo(block: BlockRecord): Promise<Step> {
    await this.#options.store.rollback(block)
    this.#cache.clear()
    this.cursor = { block: block.number, hash: block.hash, timestamp: block.timestamp }
    return { kind: 'rollback', to: block }
  }

  /** First the range again, then the blocks that can be taken back, then everything. */
  async #healGap(error: EventGapError): Promise<Step> {
    const { store, fetcher, depth } = this.#options
    fetcher.shrink()
    this.#gaps++
    if (this.#gaps <= GAP_RETRIES) throw error
    const oldest = (await store.blocks(depth + 1)).at(-1)
    if (this.#gaps === GAP_RETRIES + 1 && oldest !== undefined && oldest.number < (this.cursor?.block ?? 0)) {
      return this.#rollBackTo(oldest)
    }
    if (this.#rebuilds >= MAX_REBUILDS) throw new UnhealableGapError(this.#rebuilds, { cause: error })
    this.#rebuilds++
    this.#gaps = 0
    await store.reset()
    this.cursor = undefined
    return { kind: 'rebuild' }
  }
}

export function isRetryable(error: unknown): boolean {
  return error instanceof IndexerError && error.retry
}
