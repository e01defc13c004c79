// Deploys the protocol to a network of hardhat.config.ts and records it in deployments/.
//   node scripts/deploy.ts --network openledger --open 0x… --platform 0x… --strategy create2
// Without --open the test token is deployed too. Without --strategy addresses follow from the deployer and its nonce;
// `create2` makes them the same on every chain that has the CreateX factory.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { network } from 'hardhat'
import type { Address } from 'viem'
import { deployProtocol } from './deployment/deploy.ts'
import { verificationOf } from './deployment/verification.ts'

const { values } = parseArgs({
  options: {
    network: { type: 'string', default: 'local' },
    open: { type: 'string' },
    platform: { type: 'string' },
    holder: { type: 'string' },
    strategy: { type: 'string', default: 'basic' },
  },
})

const connection = await network.create({ network: values.network })
const deployment = await deployProtocol(connection, {
  open: values.open as Address | undefined,
  platform: values.platform as Address | undefined,
  holder: values.holder as Address | undefined,
  strategy: values.strategy === 'create2' ? 'create2' : 'basic',
})
await connection.close()

const folder = join(import.meta.dirname, '..', 'deployments')
await mkdir(folder, { recursive: true })
const write = (name: string, content: unknown) => writeFile(join(folder, name), `${JSON.stringify(content, null, 2)}\n`)
await write(`${deployment.chainId}.json`, deployment)
await write(`${deployment.chainId}.verification.json`, await verificationOf(deployment))

for (const [name, { address }] of Object.entries(deployment.contracts)) console.log(`${name.padEnd(13)}${address}`)
console.log(`recorded in deployments/${deployment.chainId}.json, compiler inputs beside it`)
