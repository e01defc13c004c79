import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Deployment } from '@datanets/sdk'
import { createHeliaStore } from '@datanets/sdk/node'
import { createKuboStore } from '@datanets/sdk/storage'
import { privateKeyToAccount } from 'viem/accounts'
import { type Environment, readEnvironment } from './environment/variables.ts'
import { createModelFactory } from './factory.ts'

/** The factory as a process of its own, configured by environment variables. Ends cleanly on SIGINT and SIGTERM. */
async function main(): Promise<void> {
  const settings: Environment = readEnvironment(process.env)
  const deployment = JSON.parse(readFileSync(settings.deployment, 'utf8')) as Deployment
  const content = settings.kuboUrl
    ? createKuboStore({ url: settings.kuboUrl })
    : createHeliaStore({ dir: join(settings.dir, 'ipfs') })
  const factory = createModelFactory({
    dir: resolve(settings.dir),
    rpcUrl: settings.rpcUrl,
    deployment,
    account: privateKeyToAccount(settings.privateKey),
    content,
    port: settings.port,
    feePerAnswer: settings.feePerAnswer,
    onProgress: (line) => process.stderr.write(`${line}\n`),
  })
  await factory.start()
  process.stdout.write(`${JSON.stringify({ url: factory.url })}\n`)

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await factory.stop()
    await content.close()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

await main().catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
