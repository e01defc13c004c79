import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Deployment } from '@datanets/sdk'
import {
  type Account,
  type Address,
  createPublicClient,
  createWalletClient,
  getAddress,
  type Hex,
  http,
  parseAbi,
} from 'viem'

type Deployed = { address: Address; block: number; transaction: Hex; args: unknown[] }

const root = join(import.meta.dirname, '..', '..')

function artifactOf(contract: string): { abi: readonly unknown[]; bytecode: Hex } {
  return JSON.parse(readFileSync(join(root, 'artifacts', 'contracts', `${contract}.sol`, `${contract}.json`), 'utf8'))
}

function commitOf(): string {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    // A tree without git has no commit to name.
    return 'unknown'
  }
}

/**
 * Deploys OPEN, Datanets (which deploys its Validators and Appeals) and ModelFactory to a local chain, and writes the
 * addresses to `deployments/<chainId>.json`. Networks that last are deployed with `scripts/deploy.ts`.
 *
 * @param account - Pays the gas, receives the whole supply of OPEN and the platform's part of fees.
 */
export async function deployContracts({ url, account }: { url: string; account: Account }): Promise<Deployment> {
  const client = createPublicClient({ transport: http(url), pollingInterval: 50 })
  const wallet = createWalletClient({ account, transport: http(url) })

  async function deploy(contract: string, args: unknown[]): Promise<Deployed> {
    const { abi, bytecode } = artifactOf(contract)
    const transaction = await wallet.deployContract({ abi, bytecode, args, chain: null })
    const receipt = await client.waitForTransactionReceipt({ hash: transaction })
    return { address: getAddress(receipt.contractAddress!), block: Number(receipt.blockNumber), transaction, args }
  }

  const OpenToken = await deploy('OpenToken', [account.address])
  const Datanets = await deploy('Datanets', [OpenToken.address])
  const read = (functionName: 'VALIDATORS' | 'APPEALS') =>
    client.readContract({
      address: Datanets.address,
      abi: parseAbi(['function VALIDATORS() view returns (address)', 'function APPEALS() view returns (address)']),
      functionName,
    })
  const Validators = { ...Datanets, address: await read('VALIDATORS'), args: [OpenToken.address, Datanets.address] }
  const Appeals = {
    ...Datanets,
    address: await read('APPEALS'),
    args: [OpenToken.address, Datanets.address, Validators.address],
  }
  const ModelFactory = await deploy('ModelFactory', [Datanets.address, account.address])

  const deployment: Deployment = {
    chainId: await client.getChainId(),
    contracts: { OpenToken, Datanets, Validators, Appeals, ModelFactory },
    commit: commitOf(),
  }
  mkdirSync(join(root, 'deployments'), { recursive: true })
  const file = join(root, 'deployments', `${deployment.chainId}.json`)
  writeFileSync(file, `${JSON.stringify(deployment, null, 2)}\n`)
  return deployment
}
