import { type Hex, isHex, size } from 'viem'
import { VariableError } from '../errors/environment.ts'

export interface Environment {
  dir: string
  rpcUrl: string
  /** Path of `deployments/<chainId>.json`. */
  deployment: string
  privateKey: Hex
  kuboUrl: string | undefined
  port: number
  feePerAnswer: bigint
}

/** Reads DATANETS_* variables. @throws VariableError */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const need = (name: string, what: string) => env[name] ?? missing(name, what)
  const privateKey = need('DATANETS_PRIVATE_KEY', 'the key that owns the runs, 0x and 64 hexadecimal digits')
  if (!isHex(privateKey) || size(privateKey) !== 32) missing('DATANETS_PRIVATE_KEY', '0x and 64 hexadecimal digits')
  const port = Number(env.DATANETS_PORT ?? 4600)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) missing('DATANETS_PORT', 'a port from 0 to 65535')
  const fee = env.DATANETS_FEE_PER_ANSWER ?? '0'
  if (!/^\d{1,30}$/.test(fee)) missing('DATANETS_FEE_PER_ANSWER', 'wei of OPEN, a whole number')
  return {
    dir: env.DATANETS_DIR ?? '.datanets/modelfactory',
    rpcUrl: need('DATANETS_RPC_URL', 'the RPC endpoint of the chain'),
    deployment: need('DATANETS_DEPLOYMENT', 'the path of deployments/<chainId>.json'),
    privateKey: privateKey as Hex,
    kuboUrl: env.DATANETS_KUBO_URL,
    port,
    feePerAnswer: BigInt(fee),
  }
}

function missing(name: string, what: string): never {
  throw new VariableError(name, what)
}
