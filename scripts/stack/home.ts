import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the command line finds the local stack: `DATANET_HOME=.datanets/local`. */
export const LOCAL_HOME = join('.datanets', 'local')

type HomeParameters = { root: string; rpcUrl: string; chainId: number; gatewayUrl: string }

/** Writes the configuration with which `datanet` reads and recomputes what happens on the local stack. */
export function writeLocalHome({ root, rpcUrl, chainId, gatewayUrl }: HomeParameters): void {
  const home = join(root, LOCAL_HOME)
  mkdirSync(home, { recursive: true })
  const config = {
    rpcUrl,
    deployment: join('..', '..', 'deployments', `${chainId}.json`),
    storage: { kind: 'gateway', url: gatewayUrl },
  }
  writeFileSync(join(home, 'config.json'), `${JSON.stringify(config, null, 2)}\n`)
}
