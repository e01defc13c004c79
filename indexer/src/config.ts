import { readFileSync } from 'node:fs'
import { type Deployment, getDeployment } from '@datanets/sdk'
import { ConfigurationError } from './errors.ts'
import type { IndexerOptions } from './indexer.ts'
import type { StoreOptions } from './store/open.ts'

type Environment = Record<string, string | undefined>

/**
 * The options of a process, from its environment:
 * - `DATANETS_RPC_URL`: the chain's JSON-RPC endpoint (required).
 * - `DATANETS_DEPLOYMENT`: file of the deployment, or `DATANETS_CHAIN_ID` for one the SDK ships (one is required).
 * - `DATANETS_DATABASE`: path of the database file, or a `postgresql://` URL; `.datanets/indexer.sqlite` by default.
 * - `DATANETS_DATABASE_SCHEMA`: schema within PostgreSQL; `datanets` by default.
 * - `DATANETS_HOST`, `DATANETS_PORT`: where to listen; 127.0.0.1 and 42070 by default.
 * - `DATANETS_DEPTH`, `DATANETS_POLL_MS`: see {@link IndexerOptions}.
 * - `DATANETS_RATE`: requests per second and client, 0 for no limit; `DATANETS_BEHIND_PROXY=1` reads `X-Forwarded-For`.
 * - `DATANETS_CONFIRM=1`: asks for every range twice, see {@link IndexerOptions}.
 * - `DATANETS_REBUILD=1`: empties the database first.
 *
 * @throws ConfigurationError naming the variable.
 */
export function readConfig(environment: Environment): IndexerOptions {
  const rpc = environment.DATANETS_RPC_URL
  if (rpc === undefined || !URL.canParse(rpc)) throw new ConfigurationError('DATANETS_RPC_URL', rpc, 'a URL')
  const rate = readNumber(environment, 'DATANETS_RATE', 0, 1e6)
  return {
    rpc,
    deployment: readDeployment(environment),
    store: readStore(environment),
    listen: {
      host: environment.DATANETS_HOST ?? '127.0.0.1',
      port: readNumber(environment, 'DATANETS_PORT', 0, 65_535) ?? 42_070,
    },
    depth: readNumber(environment, 'DATANETS_DEPTH', 1, 10_000),
    pollMs: readNumber(environment, 'DATANETS_POLL_MS', 1, 600_000),
    rate: rate === undefined ? undefined : rate === 0 ? false : { perSecond: rate, burst: rate * 4 },
    behindProxy: environment.DATANETS_BEHIND_PROXY === '1',
    confirm: environment.DATANETS_CONFIRM === '1',
    rebuild: environment.DATANETS_REBUILD === '1',
  }
}

function readNumber(environment: Environment, name: string, min: number, max: number): number | undefined {
  const text = environment[name]
  if (text === undefined || text === '') return undefined
  const value = Number(text)
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new ConfigurationError(name, text, `a whole number from ${min} to ${max}`)
  }
  return value
}

function readStore(environment: Environment): StoreOptions {
  const where = environment.DATANETS_DATABASE ?? '.datanets/indexer.sqlite'
  if (!/^postgres(ql)?:\/\//.test(where)) return { kind: 'sqlite', file: where }
  const schema = environment.DATANETS_DATABASE_SCHEMA
  return { kind: 'postgresql', url: where, ...(schema === undefined ? {} : { schema }) }
}

function readDeployment(environment: Environment): Deployment {
  const file = environment.DATANETS_DEPLOYMENT
  if (file === undefined) {
    const chainId = readNumber(environment, 'DATANETS_CHAIN_ID', 1, Number.MAX_SAFE_INTEGER)
    if (chainId !== undefined) return getDeployment(chainId)
    throw new ConfigurationError('DATANETS_DEPLOYMENT', undefined, 'a deployment file, or DATANETS_CHAIN_ID')
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Deployment
  } catch {
    throw new ConfigurationError('DATANETS_DEPLOYMENT', file, 'a readable deployment file')
  }
}
