import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import type { Deployment } from '@datanets/sdk'
import type { ContentStore } from '@datanets/sdk/storage'
import { type ServerType, serve } from '@hono/node-server'
import { createPublicClient, http, type LocalAccount } from 'viem'
import { datasetsOnChain } from './chain/datasets-on-chain.ts'
import { Outbox } from './chain/outbox.ts'
import { RunsOnChain } from './chain/runs-on-chain.ts'
import { Meter } from './chat/meter.ts'
import { ChatService } from './chat/service.ts'
import { findPython, type PythonEnvironment } from './environment/python.ts'
import { createApp } from './http/app.ts'
import type { FactoryServices } from './http/services.ts'
import { openDatabase } from './runs/database.ts'
import { EventLog } from './runs/event-log.ts'
import { runFolder } from './runs/folder.ts'
import { Previewer } from './runs/preview.ts'
import { RunQueue } from './runs/queue.ts'
import { RunStore } from './runs/store.ts'
import { lazyHost } from './trainer/lazy-host.ts'
import type { TrainerHost } from './trainer/task.ts'
import { WarmHost } from './trainer/warm-host.ts'

export interface ModelFactoryOptions {
  /** Folder of this factory: database, runs, adapters. One process at a time. */
  dir: string
  /** RPC endpoint of the chain. */
  rpcUrl: string
  deployment: Deployment
  /** Opens and anchors runs, and owns their part of fees. */
  account: LocalAccount
  /** Where contributions are read from and results are put. */
  content: ContentStore
  /** Folder of `.venv` and `modelfactory/trainer`; the repository's root by default. */
  root?: string
  /** Port to listen on, on loopback; any free one by default. */
  port?: number
  /** OPEN per answer, in wei; free by default. */
  feePerAnswer?: bigint
  /** Web pages of other machines that may use it. */
  allowedOrigins?: readonly string[]
  /** Milliseconds between looks at the chain while validators attest. */
  pollMs?: number
  /** Told of what takes long, for people. */
  onProgress?: (line: string) => void
  /** Where trainer commands run; a warm process of its own by default. */
  host?: TrainerHost
}

export interface ModelFactory extends FactoryServices {
  /** Starts the queue and the HTTP server. */
  start(): Promise<void>
  /** Checkpoints what trains, ends every process and closes the database. */
  stop(): Promise<void>
  /** Where it listens, once started. */
  readonly url: string
  /** The trainer's Python; made on first use. */
  environment(): Promise<PythonEnvironment>
  host: TrainerHost
}

/** A ModelFactory on this machine. Nothing runs until {@link ModelFactory.start}. @throws FactoryLockedError */
export function createModelFactory(options: ModelFactoryOptions): ModelFactory {
  const { account, content, deployment, feePerAnswer = 0n, pollMs = 2_000, rpcUrl } = options
  const root = options.root ?? resolve(import.meta.dirname, '..', '..')
  const db = openDatabase(options.dir)
  const client = createPublicClient({
    transport: http(rpcUrl, { maxResponseBodySize: false }),
    pollingInterval: Math.min(pollMs, 1_000),
  })
  const outbox = new Outbox(db, client, account)
  const chain = new RunsOnChain({ client, outbox, deployment, owner: account.address })
  const datasets = datasetsOnChain(client, deployment)

  let python: Promise<PythonEnvironment> | undefined
  const environment = () => {
    python ??= findPython({ root, onProgress: options.onProgress }).catch((error) => {
      // The next caller tries again: a person may have installed it meanwhile.
      python = undefined
      throw error
    })
    return python
  }
  const host = options.host ?? lazyHost(async () => new WarmHost(await environment()))

  const logs = new Map<string, EventLog>()
  const folderOf = (id: string) => runFolder(options.dir, id)
  const logOf = (id: string) => {
    const known = logs.get(id)
    if (known) return known
    const log = new EventLog(folderOf(id).events)
    logs.set(id, log)
    return log
  }

  const store = new RunStore(db)
  const queue = new RunQueue({ store, content, chain, datasets, host, logOf, folderOf, tasks: new Map(), pollMs })
  const chat = new ChatService({ environment, runOf: (id) => store.get(id), folderOf })
  const meter = new Meter({ db, client, deployment, feePerAnswer })
  const previewer = new Previewer({ content, datasets, host: async () => host, folder: join(options.dir, 'previews') })
  const services: FactoryServices = { store, queue, chain, content, chat, meter, previewer, logOf, folderOf }

  let server: ServerType | undefined
  return {
    ...services,
    host,
    environment,
    get url() {
      const address = server?.address() as AddressInfo | null | undefined
      return address ? `http://127.0.0.1:${address.port}` : ''
    },
    async start() {
      const app = createApp(services, { allowedOrigins: options.allowedOrigins })
      server = await new Promise<ServerType>((ready, fail) => {
        const made = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: options.port ?? 0 }, () => ready(made))
        made.once('error', fail)
      })
      queue.start()
    },
    async stop() {
      await queue.stop()
      await Promise.all([chat.close(), host.close()])
      if (server !== undefined) await closeServer(server)
      for (const log of logs.values()) log.close()
      db.close()
    },
  }
}

function closeServer(server: ServerType): Promise<void> {
  return new Promise((done) => {
    server.close(() => done())
    // Open event streams would keep it waiting for ever.
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
}
