import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createModelFactory } from '@datanets/modelfactory'
import type { Deployment } from '@datanets/sdk'
import { createHeliaStore } from '@datanets/sdk/node'
import { createFallbackStore, createGatewayStore } from '@datanets/sdk/storage'
import { people } from './modelfactory-stack.ts'

/** A factory in a process of its own, to be killed: its own IPFS node on disk, contributions from the test's gateway. */
export interface ProcessConfig {
  dir: string
  rpcUrl: string
  deployment: Deployment
  gateway: string
  root: string
}

const { deployment, dir, gateway, root, rpcUrl } = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as ProcessConfig
const content = createFallbackStore([
  createHeliaStore({ dir: join(dir, 'ipfs') }),
  createGatewayStore({ url: gateway }),
])
const factory = createModelFactory({ dir, rpcUrl, deployment, content, root, account: people.modelMaker, pollMs: 100 })
await factory.start()
process.stdout.write(`${factory.url}\n`)
