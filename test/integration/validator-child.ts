// One validator node in a process of its own, for the tests that kill it. Settings come as JSON in DATANETS_CHILD; every
// signature is noted in a file, synced, before the node gets it.
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import type { Deployment } from '@datanets/sdk'
import { createGatewayStore } from '@datanets/sdk/storage'
import { createPublicClient, type Hex, http, type PublicClient } from 'viem'
import { privateKeyToAccount, toAccount } from 'viem/accounts'
import { hardhat } from 'viem/chains'
import { createLogger } from '../../validator/src/logger.ts'
import { createValidatorNode } from '../../validator/src/node.ts'
import { createParentStore } from './validator-parent-store.ts'

export interface ChildSettings {
  url: string
  deployment: Deployment
  privateKey: Hex
  gatewayUrl: string
  putUrl: string
  dataDir: string
  peers: string[]
  port: number
  signaturesFile: string
}

const settings = JSON.parse(process.env.DATANETS_CHILD!) as ChildSettings
const key = privateKeyToAccount(settings.privateKey)
const file = openSync(settings.signaturesFile, 'a')

const signer = toAccount({
  address: key.address,
  signMessage: (message) => key.signMessage(message),
  signTransaction: (transaction, options) => key.signTransaction(transaction, options),
  async signTypedData(typedData) {
    const { lot, accepted, rejected, report } = typedData.message as Record<string, unknown>
    const line = JSON.stringify({ lot, content: `${String(accepted)} ${String(rejected)} ${String(report)}` })
    writeSync(file, `${line}\n`)
    fsyncSync(file)
    return key.signTypedData(typedData)
  },
})

const node = createValidatorNode({
  client: createPublicClient({ chain: hardhat, transport: http(settings.url), pollingInterval: 50 }) as PublicClient,
  deployment: settings.deployment,
  signer,
  store: createParentStore(createGatewayStore({ url: settings.gatewayUrl }), settings.putUrl),
  dataDir: settings.dataDir,
  peers: settings.peers,
  listen: { port: settings.port },
  pollMs: 150,
  slotSeconds: 2,
  checkers: 1,
  logger: createLogger({ level: process.env.DATANETS_LOG ?? 'silent', bindings: { node: 'child' } }),
})
await node.start()
await node.ready()
process.send?.('ready')
process.on('SIGTERM', () => void node.stop().then(() => closeSync(file)))
