import { type DatanetsEvent, type Deployment, readDatanetsEvents } from '@datanets/sdk'
import { fromLotId } from '@datanets/sdk/utils'
import type { Hash, PublicClient } from 'viem'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import type { DatanetReader } from './datanet-reader.ts'
import { type LotView, lotViewOf } from './lot-view.ts'

export interface FollowerOptions {
  deployment: Deployment
  /** Newest blocks that are read again at every head. */
  reorgDepth: number
}

interface Modules {
  client: PublicClient
  datanets: DatanetReader
  logger: Logger
  metrics: Metrics
  signal: AbortSignal
}

export interface Head {
  number: bigint
  hash: Hash
  /** Seconds, chain time. */
  timestamp: bigint
}

/**
 * All lots, as the newest head tells them.
 *
 * Blocks deeper than `reorgDepth` are read once and kept; those above are read again at every head and never trusted
 * longer, so that an ordinary reorganisation needs no handling at all. The deepest kept block is compared by hash at every
 * head: when it is gone, everything is read anew.
 */
export class LotFollower {
  readonly #options: FollowerOptions
  readonly #modules: Modules
  #kept = new Map<bigint, DatanetsEvent[]>()
  #keptTo: { number: bigint; hash: Hash } | undefined
  #recent = new Map<bigint, DatanetsEvent[]>()
  #views = new Map<bigint, LotView>()
  #head: Head | undefined
  #seenAt = 0

  constructor(options: FollowerOptions, modules: Modules) {
    this.#options = options
    this.#modules = modules
  }

  /** The head that {@link lots} is of; undefined before the first {@link update}. */
  get head(): Head | undefined {
    return this.#head
  }

  /** Milliseconds since this node last saw the chain answer. */
  get ageMs(): number {
    return this.#seenAt === 0 ? Number.POSITIVE_INFINITY : Date.now() - this.#seenAt
  }

  get lots(): ReadonlyMap<bigint, LotView> {
    return this.#views
  }

  /** Looks at the chain. Returns whether there was a new head. */
  async update(): Promise<boolean> {
    const { client, metrics } = this.#modules
    const block = await client.getBlock({ blockTag: 'latest' })
    this.#seenAt = Date.now()
    if (block.hash === this.#head?.hash) return false
    await this.#dropIfReorganised()

    const { signal } = this.#modules
    const events = await readDatanetsEvents(client, this.#options.deployment, {
      fromBlock: this.#keptTo ? this.#keptTo.number + 1n : this.#firstBlock,
      toBlock: block.number,
      signal,
    })
    const before = this.#recent
    this.#recent = byLot(events)
    await this.#refresh(new Set([...before.keys(), ...this.#recent.keys()]))
    this.#head = { number: block.number, hash: block.hash, timestamp: block.timestamp }
    await this.#keep(block.number - BigInt(this.#options.reorgDepth))
    metrics.headBlock.set(Number(block.number))
    return true
  }

  async #dropIfReorganised(): Promise<void> {
    if (!this.#keptTo) return
    const { number, hash } = this.#keptTo
    const block = await this.#modules.client.getBlock({ blockNumber: number }).catch(() => undefined)
    if (block?.hash === hash) return
    // No answer is not a reorganisation; but a chain shorter than what was kept is one.
    if (!block && (await this.#modules.client.getBlockNumber({ cacheTime: 0 })) >= number) return
    this.#modules.logger.warn({ block: number, hash }, 'reorganisation below the kept blocks, reading everything anew')
    this.#modules.metrics.reorgs.inc()
    this.#kept = new Map()
    this.#recent = new Map()
    this.#keptTo = undefined
    this.#views = new Map()
  }

  /** Moves events up to block `to` out of those read again. */
  async #keep(to: bigint): Promise<void> {
    if (to <= (this.#keptTo?.number ?? this.#firstBlock - 1n)) return
    const { hash } = await this.#modules.client.getBlock({ blockNumber: to })
    for (const [id, events] of this.#recent) {
      const deep = events.filter(({ blockNumber }) => blockNumber <= to)
      if (deep.length === 0) continue
      this.#kept.set(id, [...(this.#kept.get(id) ?? []), ...deep])
      const rest = events.slice(deep.length)
      if (rest.length === 0) this.#recent.delete(id)
      else this.#recent.set(id, rest)
    }
    this.#keptTo = { number: to, hash }
  }

  async #refresh(ids: ReadonlySet<bigint>): Promise<void> {
    for (const id of ids) {
      const events = [...(this.#kept.get(id) ?? []), ...(this.#recent.get(id) ?? [])]
      if (events.length === 0) {
        this.#views.delete(id)
        continue
      }
      const { terms } = await this.#modules.datanets.read(fromLotId(id).datanetId)
      this.#views.set(id, lotViewOf(id, events, terms))
    }
  }

  get #firstBlock(): bigint {
    return BigInt(this.#options.deployment.contracts.Datanets.block)
  }
}

function byLot(events: readonly DatanetsEvent[]): Map<bigint, DatanetsEvent[]> {
  const lots = new Map<bigint, DatanetsEvent[]>()
  for (const event of events) {
    if (!('lot' in event.args)) continue
    const id = event.args.lot
    const own = lots.get(id)
    if (own) own.push(event)
    else lots.set(id, [event])
  }
  return lots
}
