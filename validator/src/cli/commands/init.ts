import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { privateKeyToAddress } from 'viem/accounts'
import { CONFIG_NAME, checkConfig } from '../../config.ts'
import { newPrivateKey, writeKeystore } from '../../signer/keystore.ts'
import { passwordOf } from '../../signer/signer.ts'
import { defineCommand } from '../command.ts'
import { UsageError } from '../errors.ts'
import { fields } from '../output.ts'

interface Options {
  rpc?: string
  storage: string
  storageUrl?: string
  deployment?: string
  peer?: string[]
  port: string
  metricsPort?: string
}

const KEYSTORE_NAME = 'signing-key.json'

export const init = defineCommand<Options>({
  name: 'init',
  summary: 'write a configuration and a new signing key',
  setup: (command) =>
    command
      .option('--storage <kind>', 'helia (embedded), kubo or gateway', 'helia')
      .option('--storage-url <url>', 'of the Kubo RPC or the gateway')
      .option('--deployment <file>', 'deployment file; without it the one known for the chain')
      .option('--peer <urls...>', 'nodes to exchange attestations with')
      .option('--port <port>', 'where peers ask for attestations', '4747')
      .option('--metrics-port <port>', 'where Prometheus asks for metrics'),
  async run({ home, env }, _args, options) {
    const path = join(home, CONFIG_NAME)
    if (existsSync(path)) throw new UsageError(`${path} exists already.`, 'Edit it, or give another --home.')
    const config = {
      rpcUrl: options.rpc ?? env.DATANET_RPC_URL,
      ...(options.deployment === undefined ? {} : { deployment: options.deployment }),
      storage: { kind: options.storage, ...(options.storageUrl === undefined ? {} : { url: options.storageUrl }) },
      signing: { keystore: KEYSTORE_NAME },
      peers: options.peer ?? [],
      listen: { host: '127.0.0.1', port: Number(options.port) },
      ...(options.metricsPort === undefined ? {} : { metrics: { port: Number(options.metricsPort) } }),
    }
    checkConfig(structuredClone(config), home, 'the options of init')

    mkdirSync(home, { recursive: true, mode: 0o700 })
    const privateKey = newPrivateKey()
    const keystore = join(home, KEYSTORE_NAME)
    await writeKeystore({ path: keystore, password: passwordOf('signing', env), privateKey })
    writeFileSync(path, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    const signingKey = privateKeyToAddress(privateKey)
    return {
      data: { home, config: path, keystore, signingKey },
      text: [
        fields([
          ['configuration', path],
          ['keystore', keystore],
          ['signing key', signingKey],
        ]),
        'Next: send it some native currency for gas, stake with `datanet stake`, then `datanet run`.',
      ].join('\n'),
    }
  },
})
