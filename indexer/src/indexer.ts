import type { Deployment } from '@datanets/sdk'
import { type Hex, http } from 'viem'
import { type AppOptions, createApp } from './api/app.ts'
import { createFeed, type Feed } from './api/feed.ts'
import type { Listener, ListenOptions } from './api/listen.ts'
import { listen } from './api/listen.ts'
import type { Status } from './api/types.ts'
import { Fetcher } from './core/fetcher.ts'
import { type Requester, Rpc } from './core/rpc.ts'
import { Runner } from './core/runner.ts'
import { Sync } from './core/sync.ts'
import { WrongChainError } from './errors.ts'
import { eventsOf } from './handlers/index.ts'
import { openStore, type StoreOptions } from './store/open.ts'
import type { Store } from './store/store.ts'

export type IndexerOptions = {
  deployment: Deployment
  /** URL of the chain's JSON-RPC endpoint, or anything with viem's `request`. */
  rpc: string | Requester
  /** Where to keep what is indexed; see {@link StoreOptions}. In memory without it. */
  store?: StoreOptions
  /** Where to serve the API; loopback and any free port by default, `false` for none. */
  listen?: ListenOptions | false
  /** Requests per client; false for no limit. See {@link AppOptions}. */
  rate?: AppOptions['rate']
  behindProxy?: boolean
  /** Reorganisations of up to so many blocks are followed; 64 by default. */
  depth?: number
  /** Asks for every range twice while far from the head, for endpoints that may leave logs out; off by default. */
  confirm?: boolean | undefined
  /** Milliseconds between looks at the head; 1000 by default. */
  pollMs?: number
  /** Empties the database first and reads everything again. */
  rebuild?: boolean
  onError?: (error: unknown, willRetry: boolean) => void
}

export type Indexer = {
  /** Opens the database, checks the chain, begins to follow it and serves the API. */
  start: () => Promise<void>
  /** Finishes the range under way and lets go of the database and the port. */
  stop: () => Promise<void>
  /** Resolves when the head is reached. Rejects when the indexer stops for good before that. */
  ready: () => Promise<void>
  /** Where the API is; undefined until started, or without one. */
  readonly url: string | undefined
  status: () => Promise<Status>
}

/** An indexer of one deployment. Several can run in one process, each with a database of its own. */
export function createIndexer(options: IndexerOptions): Indexer {
  const { deployment, depth = 64, pollMs = 1000, onError = () => undefined } = options
  let running: { store: Store; runner: Runner; sync: Sync; listener: Listener | undefined } | undefined

  async function start(): Promise<void> {
    if (running !== undefined) return
    const { decoder, handlers } = eventsOf(deployment)
    const requester = typeof options.rpc === 'string' ? requesterOf(options.rpc) : options.rpc
    const rpc = new Rpc(requester, decoder)
    const chainId = await rpc.chainId()
    if (chainId !== deployment.chainId) throw new WrongChainError(deployment.chainId, chainId)

    const startBlock = deployment.contracts.Datanets.block
    const identity = { chainId, datanets: deployment.contracts.Datanets.address as Hex, startBlock }
    const store = await openStore(options.store ?? { kind: 'sqlite', file: ':memory:' }, identity)
    let listener: Listener | undefined
    try {
      if (options.rebuild) await store.reset()
      const feed: Feed = createFeed()
      const fetcher = new Fetcher({ rpc, decoder, confirm: options.confirm })
      const sync = new Sync({
        rpc,
        fetcher,
        store,
        handlers,
        startBlock,
        depth,
        onStep: (step) => feed.publish(step, sync.cursor),
      })
      const runner = new Runner({ sync, pollMs, maxPauseMs: Math.max(10_000, pollMs), onError })
      if (options.listen !== false)
        listener = await listen(
          createApp({ store, feed, status, rate: options.rate, behindProxy: options.behindProxy }),
          options.listen ?? {},
        )
      running = { store, runner, sync, listener }
      runner.start()
    } catch (error) {
      await listener?.close()
      await store.close()
      throw error
    }
  }

  async function stop(): Promise<void> {
    const { store, runner, listener } = running ?? {}
    running = undefined
    await runner?.stop()
    await listener?.close()
    await store?.close()
  }

  async function ready(): Promise<void> {
    if (running === undefined) await start()
    const { runner } = running!
    await runner.settled()
    if (runner.state === 'stopped') throw runner.error
  }

  async function status(): Promise<Status> {
    const { runner, sync, store } = running!
    const { cursor, head } = sync
    return {
      state: runner.state,
      chainId: deployment.chainId,
      contracts: Object.fromEntries(Object.entries(deployment.contracts).map(([name, { address }]) => [name, address])),
      indexed: cursor === undefined ? null : { ...cursor },
      head: head === undefined ? null : { block: head.number, timestamp: head.timestamp },
      behind:
        head === undefined
          ? null
          : Math.max(0, head.number - (cursor?.block ?? deployment.contracts.Datanets.block - 1)),
      depth,
      store: { kind: store.kind, bytes: await store.size() },
      error: runner.error === undefined ? null : messageOf(runner.error),
    }
  }

  return {
    start,
    stop,
    ready,
    status,
    get url() {
      return running?.listener?.url
    },
  }
}

/** Answers of many megabytes are normal here; ranges follow the number of logs. */
function requesterOf(url: string): Requester {
  return http(url, { timeout: 60_000, retryCount: 0, maxResponseBodySize: 256 * 2 ** 20 })({}) as unknown as Requester
}

function messageOf(error: unknown): string {
  return error instanceof Error ? ((error as { shortMessage?: string }).shortMessage ?? error.message) : String(error)
}
