import { join } from 'node:path'
import type { Deployment } from '@datanets/sdk'
import type { ContentStore } from '@datanets/sdk/storage'
import type { Address, LocalAccount, PublicClient } from 'viem'
import { AttestationBook } from './attestations/book.ts'
import { AttestationSigner } from './attestations/signing.ts'
import { AttestationVerifier } from './attestations/verify.ts'
import { ChainClock } from './chain/chain-clock.ts'
import { DatanetReader } from './chain/datanet-reader.ts'
import { LotFollower } from './chain/follower.ts'
import type { ListenConfig } from './config.ts'
import { FingerprintStore } from './corpus/fingerprints.ts'
import { CorpusKeeper } from './corpus/keeper.ts'
import { LotJudge } from './examine/judge.ts'
import { ContentReader, DEFAULT_READER_OPTIONS, type ReaderOptions } from './examine/reader.ts'
import { RulesReader } from './examine/rules-reader.ts'
import { attestationsRoute } from './http/attestations-route.ts'
import { healthRoute, metricsRoute } from './http/routes.ts'
import { startHttpServer } from './http/server.ts'
import { Journal } from './journal/journal.ts'
import { createLogger, type Logger } from './logger.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { readSoftware } from './report/software.ts'
import { DEFAULT_SENDER_LIMITS, Sender, type SenderLimits } from './sender/sender.ts'
import { TransactionStore } from './sender/store.ts'
import { AccrueLots } from './services/accrue-lots.ts'
import { AttestLots } from './services/attest-lots.ts'
import { ChainState } from './services/chain-state.ts'
import { CloseLots } from './services/close-lots.ts'
import { Dispatcher } from './services/dispatcher.ts'
import { ExchangeAttestations } from './services/exchange-attestations.ts'
import { FollowChain } from './services/follow-chain.ts'
import { Identify } from './services/identify.ts'
import { JudgeAppeals } from './services/judge-appeals.ts'
import { LapseLots } from './services/lapse-lots.ts'
import { PostAttestations } from './services/post-attestations.ts'
import { ReportFaults } from './services/report-faults.ts'
import type { Service } from './services/service.ts'
import { SettleLots } from './services/settle-lots.ts'
import { runEvery } from './util/clock.ts'
import { openDatabase } from './util/database.ts'
import { type CheckPool, createCheckPool, type WorkerLimits } from './worker/index.ts'

export interface ValidatorNodeOptions {
  client: PublicClient
  deployment: Deployment
  /** The registered signing key. */
  signer: LocalAccount
  /** Pays for transactions; the signing key when absent. */
  sender?: LocalAccount
  /** Where content is read and reports are kept. The node does not close it. */
  store: ContentStore
  /** Journal, caches. One node at a time. */
  dataDir: string
  /** Base URLs of nodes to exchange attestations with. */
  peers?: readonly string[] | (() => readonly string[])
  /** Where attestations and health are served; port 0 takes a free one. Not served when absent. */
  listen?: ListenConfig
  /** Where metrics and health are served. Not served when absent. */
  metrics?: ListenConfig
  logger?: Logger
  /** Milliseconds between looks at the chain. */
  pollMs?: number
  /** Seconds a node has its turn to send what any could send. */
  slotSeconds?: number
  reorgDepth?: number
  /** Files checked at once. */
  checkers?: number
  workerLimits?: WorkerLimits
  senderLimits?: Partial<SenderLimits>
  reader?: Partial<ReaderOptions>
  /** Share a pool between nodes of one process; the node closes only its own. */
  pool?: CheckPool
}

export interface NodeStatus {
  healthy: boolean
  ready: boolean
  validatorId: number
  signingKey: Address
  sender: Address
  headBlock: number | null
  headAgeSeconds: number | null
  lots: number
  attestations: number
  [detail: string]: unknown
}

export interface ValidatorNode {
  /** Takes the journal's lock, opens the servers and begins. */
  start(): Promise<void>
  /** Ends after the duties under way. Can be called at any time, and more than once. */
  stop(): Promise<void>
  /** Resolves when the node has followed the chain to its head. */
  ready(): Promise<void>
  status(): NodeStatus
  metrics: Metrics
  /** Base URL for peers; undefined while nothing is served. */
  readonly url: string | undefined
  readonly metricsUrl: string | undefined
}

/** No head for this long, and the node is not ready. */
const STALE_MS = 60_000

/** A node that does its duties in this process. Nothing is opened before `start`. */
export function createValidatorNode(options: ValidatorNodeOptions): ValidatorNode {
  const logger = options.logger ?? createLogger({ level: 'silent' })
  const metrics = createMetrics()
  let onHead: () => void = () => undefined
  const firstHead = new Promise<void>((resolve) => {
    onHead = resolve
  })
  const abort = new AbortController()
  const closers: (() => void | Promise<void>)[] = []
  let running: Promise<unknown> | undefined
  let stopping: Promise<void> | undefined
  let parts: ReturnType<typeof assemble> | undefined
  let url: string | undefined
  let metricsUrl: string | undefined

  function status(): NodeStatus {
    const ageMs = parts?.follower.ageMs ?? Number.POSITIVE_INFINITY
    return {
      healthy: running !== undefined && !abort.signal.aborted,
      ready: ageMs < STALE_MS && parts?.follower.head !== undefined && !abort.signal.aborted,
      validatorId: parts?.state.validatorId ?? 0,
      signingKey: options.signer.address,
      sender: (options.sender ?? options.signer).address,
      headBlock: parts?.follower.head ? Number(parts.follower.head.number) : null,
      headAgeSeconds: Number.isFinite(ageMs) ? Math.round(ageMs / 1_000) : null,
      lots: parts?.follower.lots.size ?? 0,
      attestations: parts?.journal.all().length ?? 0,
    }
  }

  async function start(): Promise<void> {
    parts = assemble(options, { logger, metrics, signal: abort.signal, onHead, closers })
    const { book, state, services } = parts
    if (options.listen) {
      const routes = [attestationsRoute(book, (id) => state.lot(id)), healthRoute(status)]
      const server = await startHttpServer({
        host: options.listen.host ?? '127.0.0.1',
        port: options.listen.port,
        routes,
      })
      closers.push(server.close)
      url = server.url
    }
    if (options.metrics) {
      const routes = [metricsRoute(metrics), healthRoute(status)]
      const server = await startHttpServer({
        host: options.metrics.host ?? '127.0.0.1',
        port: options.metrics.port,
        routes,
      })
      closers.push(server.close)
      metricsUrl = server.url
    }
    running = Promise.all(services.map((service) => run(service)))
    logger.info({ signingKey: options.signer.address, url, metricsUrl }, 'node started')
  }

  function run(service: Service): Promise<void> {
    const onError = (error: unknown) => {
      metrics.rpcErrors.inc({ service: service.name })
      logger.warn({ service: service.name, error }, 'tick failed, will be tried again')
    }
    const tick = async () => {
      // Everybody else waits for the lots.
      if (service.name !== 'follow') await firstHead
      await service.tick()
    }
    return runEvery(tick, { intervalMs: options.pollMs ?? 2_000, signal: abort.signal, onError })
  }

  async function stop(): Promise<void> {
    abort.abort()
    onHead()
    await running
    for (const close of closers.splice(0).reverse()) await close()
    logger.info('node stopped')
  }

  return {
    async start() {
      try {
        await start()
      } catch (error) {
        await stop()
        throw error
      }
    },
    stop: () => (stopping ??= stop()),
    ready: () => firstHead,
    status,
    metrics,
    get url() {
      return url
    },
    get metricsUrl() {
      return metricsUrl
    },
  }
}

interface Surroundings {
  logger: Logger
  metrics: Metrics
  signal: AbortSignal
  onHead: () => void
  closers: (() => void | Promise<void>)[]
}

/** Opens what the node keeps and joins its parts. Whatever is opened registers how it is closed. */
function assemble(options: ValidatorNodeOptions, { logger, metrics, signal, onHead, closers }: Surroundings) {
  const { client, deployment, signer, store, dataDir, slotSeconds = 12, reorgDepth = 64 } = options
  const sendingAccount = options.sender ?? signer
  const datanets = deployment.contracts.Datanets.address
  const validators = deployment.contracts.Validators.address
  const place = { chainId: deployment.chainId, contract: datanets }
  const peers = options.peers ?? []

  const journal = Journal.open({ dir: dataDir, key: signer.address })
  closers.push(() => journal.close())
  const db = openDatabase(join(dataDir, 'state.sqlite'))
  closers.push(() => void db.close())
  const pool = options.pool ?? createCheckPool({ size: options.checkers ?? 2, limits: options.workerLimits })
  if (!options.pool) closers.push(() => pool.close())

  const software = readSoftware()
  const book = new AttestationBook(db)
  const fingerprints = new FingerprintStore(db, software.validator)
  const reader = new ContentReader({ ...DEFAULT_READER_OPTIONS, ...options.reader }, { store, metrics, signal })
  const sender = new Sender(
    { ...DEFAULT_SENDER_LIMITS, ...options.senderLimits },
    {
      client,
      account: sendingAccount,
      store: new TransactionStore(db, sendingAccount.address),
      logger,
      metrics,
      signal,
    },
  )
  const datanetReader = new DatanetReader(client, datanets)
  const follower = new LotFollower(
    { deployment, reorgDepth },
    { client, datanets: datanetReader, logger, metrics, signal },
  )
  const state = new ChainState({ follower, clock: new ChainClock(client), datanets: datanetReader })
  const verifier = new AttestationVerifier({ client, validators, place })
  const dispatcher = new Dispatcher({ client, sender, logger, metrics })
  const exchange = new ExchangeAttestations(
    { peers: typeof peers === 'function' ? peers : () => peers, timeoutMs: 5_000 },
    { state, book, verifier, logger, metrics, signal },
  )
  const attestations = new AttestationSigner(place, { journal, signer })
  const corpora = new CorpusKeeper({ reader, pool, fingerprints, metrics })
  const rules = new RulesReader(reader)
  const newJudge = () =>
    new LotJudge(
      { place, signingKey: signer.address, software },
      { state, corpora, rules, store, reader, pool, fingerprints, logger, metrics },
    )
  const turns = { datanets, slotSeconds }
  const services: Service[] = [
    new FollowChain({ sender: sendingAccount.address, onHead }, { client, follower, metrics }),
    new Identify({ validators, signingKey: signer.address }, { client, state, logger }),
    new CloseLots(turns, { client, state, dispatcher }),
    new AttestLots({ state, book, exchange, signer: attestations, judge: newJudge(), logger, metrics }),
    exchange,
    new PostAttestations({ datanets }, { state, book, exchange, dispatcher }),
    new SettleLots(turns, { state, dispatcher, book, verifier }),
    new AccrueLots(turns, { state, dispatcher }),
    new LapseLots(turns, { state, dispatcher }),
    new JudgeAppeals(
      { deployment, slotSeconds },
      { client, state, signer: attestations, judge: newJudge(), dispatcher, logger, metrics },
    ),
    new ReportFaults({ validators }, { state, book, dispatcher }),
  ]
  return { journal, follower, state, book, services }
}
