import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Deployment, getDeployment } from '@datanets/sdk'
import { type ContentStore, createFallbackStore, createGatewayStore, createKuboStore } from '@datanets/sdk/storage'
import {
  type Chain,
  createPublicClient,
  createWalletClient,
  defineChain,
  http,
  type LocalAccount,
  type PublicClient,
  type Transport,
  type WalletClient,
} from 'viem'
import { type Config, homeOf, loadConfig } from '../config.ts'
import { ConfigError } from '../errors/config.ts'
import { createLogger, type Logger } from '../logger.ts'
import { type KeyRole, loadSigner } from '../signer/signer.ts'
import { Progress } from './progress.ts'

export interface GlobalOptions {
  json?: boolean
  home?: string
  rpc?: string
  quiet?: boolean
  dryRun?: boolean
}

export interface ChainAccess {
  client: PublicClient
  deployment: Deployment
}

/** What a command works with. Everything is made when first asked for, and closed at the end. */
export class CliContext {
  readonly home: string
  readonly dryRun: boolean
  readonly isJson: boolean
  readonly env: NodeJS.ProcessEnv
  readonly progress: Progress
  /** Aborts at SIGINT and SIGTERM. */
  readonly signal: AbortSignal
  readonly #options: GlobalOptions
  readonly #closers: (() => unknown)[] = []
  #config?: Config
  #access?: Promise<ChainAccess>
  #store?: Promise<ContentStore>

  constructor(options: GlobalOptions, { env, signal }: { env: NodeJS.ProcessEnv; signal: AbortSignal }) {
    this.#options = options
    this.env = env
    this.signal = signal
    this.home = homeOf(options.home, env)
    this.dryRun = options.dryRun === true
    this.isJson = options.json === true
    this.progress = new Progress(process.stderr, { quiet: options.quiet === true || this.isJson })
  }

  get config(): Config {
    const env = this.#options.rpc ? { ...this.env, DATANET_RPC_URL: this.#options.rpc } : this.env
    this.#config ??= loadConfig(this.home, env)
    return this.#config
  }

  /** The chain and the contracts on it. */
  chain(): Promise<ChainAccess> {
    this.#access ??= connect(this.config)
    return this.#access
  }

  /** The key of a role. */
  signer(role: KeyRole): Promise<LocalAccount> {
    return loadSigner(role, this.config[role], this.env)
  }

  /** Sends as the account that owns stake and rewards. */
  async wallet(): Promise<WalletClient<Transport, Chain, LocalAccount>> {
    const [{ client }, account] = await Promise.all([this.chain(), this.signer('account')])
    return createWalletClient({ account, chain: client.chain!, transport: http(this.config.rpcUrl) })
  }

  store(): Promise<ContentStore> {
    this.#store ??= openStore(this.config, this.home).then((store) => {
      this.onClose(() => store.close())
      return store
    })
    return this.#store
  }

  logger(bindings?: Record<string, unknown>): Logger {
    return createLogger({ level: this.config.logLevel, bindings })
  }

  onClose(close: () => unknown): void {
    this.#closers.push(close)
  }

  async close(): Promise<void> {
    this.progress.end()
    for (const close of this.#closers.splice(0).reverse()) await close()
  }
}

async function connect({ rpcUrl, deployment: path }: Config): Promise<ChainAccess> {
  const probe = createPublicClient({ transport: http(rpcUrl) })
  const id = await probe.getChainId()
  const chain = defineChain({
    id,
    name: `chain ${id}`,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  })
  const deployment = path ? readDeployment(path) : getDeployment(id)
  if (deployment.chainId !== id) {
    throw new ConfigError([`the deployment is for chain ${deployment.chainId}, the endpoint serves chain ${id}`], path!)
  }
  const client = createPublicClient({ chain, transport: http(rpcUrl), pollingInterval: 250 })
  return { client: client as PublicClient, deployment }
}

function readDeployment(path: string): Deployment {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Deployment
  } catch (cause) {
    throw new ConfigError([`the deployment cannot be read: ${(cause as Error).message}`], path)
  }
}

async function openStore({ storage }: Config, home: string): Promise<ContentStore> {
  const { kind, url, fallbackGateways = [] } = storage
  const gateways = fallbackGateways.map((gateway) => createGatewayStore({ url: gateway }))
  const first = await openFirst(kind, url, home)
  return gateways.length === 0 ? first : createFallbackStore([first, ...gateways])
}

async function openFirst(
  kind: Config['storage']['kind'],
  url: string | undefined,
  home: string,
): Promise<ContentStore> {
  if (kind === 'gateway') return createGatewayStore({ url: url! })
  if (kind === 'kubo') return createKuboStore({ url: url! })
  // Loading the embedded node takes seconds: only who uses it pays for it.
  const { createHeliaStore } = await import('@datanets/sdk/node')
  return createHeliaStore({ dir: join(home, 'content') })
}
