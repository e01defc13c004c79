import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import schema from './config.schema.json' with { type: 'json' }
import { ConfigError } from './errors/config.ts'
import type { KeySource } from './signer/signer.ts'

export interface StorageConfig {
  kind: 'helia' | 'kubo' | 'gateway'
  url?: string
  fallbackGateways?: string[]
}

export interface ListenConfig {
  host?: string
  port: number
}

/** What the configuration file says. Keys of secrets are not among it: see `loadSigner`. */
export interface Config {
  rpcUrl: string
  deployment?: string
  storage: StorageConfig
  signing?: KeySource
  sender?: KeySource
  account?: KeySource
  peers: string[]
  listen?: ListenConfig
  metrics?: ListenConfig
  maxFeeGwei: number
  pollMs: number
  slotSeconds: number
  reorgDepth: number
  checkers: number
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

export const CONFIG_NAME = 'config.json'

const DEFAULTS: Omit<Config, 'rpcUrl'> = {
  storage: { kind: 'helia' },
  peers: [],
  maxFeeGwei: 200,
  pollMs: 2_000,
  slotSeconds: 12,
  reorgDepth: 64,
  checkers: 2,
  logLevel: 'info',
}

const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false }).compile(schema)

/** Folder of config, keystore, journal and content: `--home`, DATANET_HOME, or `.datanet` in the home folder. */
export function homeOf(option: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  return resolve(option ?? env.DATANET_HOME ?? join(homedir(), '.datanet'))
}

/**
 * The configuration in `home`, with defaults where it is silent and DATANET_RPC_URL above it. Paths are relative to `home`.
 * @throws ConfigError listing every problem.
 */
export function loadConfig(home: string, env: NodeJS.ProcessEnv = process.env): Config {
  const path = join(home, CONFIG_NAME)
  const stated = existsSync(path) ? parse(readFileSync(path, 'utf8'), path) : {}
  const rpcUrl = env.DATANET_RPC_URL || stated.rpcUrl
  return checkConfig({ ...stated, rpcUrl }, home, existsSync(path) ? path : 'environment, no config file')
}

/** @throws ConfigError */
export function checkConfig(value: unknown, home: string, source = 'config'): Config {
  if (!validate(value)) {
    const problems = (validate.errors ?? [])
      .filter(({ keyword }) => keyword !== 'if')
      .map(({ instancePath, message, params }) => {
        const extra = params.additionalProperty === undefined ? '' : ` "${String(params.additionalProperty)}"`
        return `${instancePath.slice(1).replaceAll('/', '.') || 'config'}: ${message ?? 'is invalid'}${extra}`
      })
    throw new ConfigError(problems, source)
  }
  const config: Config = { ...DEFAULTS, ...(value as Partial<Config> & Pick<Config, 'rpcUrl'>) }
  for (const key of [config.signing, config.sender, config.account]) {
    if (key?.keystore) key.keystore = inHome(home, key.keystore)
  }
  if (config.deployment) config.deployment = inHome(home, config.deployment)
  return config
}

function inHome(home: string, path: string): string {
  return isAbsolute(path) ? path : join(home, path)
}

function parse(text: string, path: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch (cause) {
    throw new ConfigError([`it is not JSON: ${(cause as Error).message}`], path)
  }
}
