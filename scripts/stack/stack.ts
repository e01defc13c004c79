import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createIndexer, type Indexer } from '@datanets/indexer'
import { createDatanet, type Deployment, fund, openTokenAbi, register, registerDeployment } from '@datanets/sdk'
import { createGateway, createHeliaStore } from '@datanets/sdk/node'
import { type ContentStore, createKuboStore } from '@datanets/sdk/storage'
import { createLogger, createValidatorNode, type ValidatorNode } from '@datanets/validator'
import { type Account, createPublicClient, createWalletClient, defineChain, http, parseEther } from 'viem'
import { people } from './accounts.ts'
import { type LocalChain, startChain } from './chain.ts'
import { localTerms, type SampleDatanet, sampleDatanets } from './datanets.ts'
import { deployContracts } from './deploy.ts'
import { writeLocalHome } from './home.ts'
import { publishRules } from './rules.ts'

export type StackOptions = {
  /** Preferred port of the chain. */
  port: number
  /** Where stores, journals and logs are kept. */
  dataDir: string
  /** A Kubo RPC endpoint instead of the embedded IPFS node. */
  kuboUrl?: string | undefined
  /** Told of each step as it is done. */
  onStep: (what: string) => void
}

export type StackDatanet = SampleDatanet & { datanetId: bigint }

/** Everything of the local stack, up and running. */
export type Stack = {
  chain: LocalChain
  deployment: Deployment
  store: ContentStore
  gatewayUrl: string
  indexer: Indexer
  datanets: StackDatanet[]
  nodes: ValidatorNode[]
  client: ReturnType<typeof clientOf>
  walletOf: (account: Account) => ReturnType<typeof walletClientOf>
  close: () => Promise<void>
}

const root = join(import.meta.dirname, '..', '..')
const POLLING_MS = 100
/** One unit of stake, in wei. */
const UNIT = parseEther('1000')

function viemChainOf({ url, chainId }: LocalChain) {
  return defineChain({
    id: chainId,
    name: 'Local',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [url] } },
  })
}

const clientOf = (chain: LocalChain) =>
  createPublicClient({ chain: viemChainOf(chain), transport: http(), pollingInterval: POLLING_MS })

const walletClientOf = (chain: LocalChain, account: Account) =>
  createWalletClient({ account, chain: viemChainOf(chain), transport: http(), pollingInterval: POLLING_MS })

/**
 * Brings up a local chain, the contracts, an IPFS node, three validators with stake and a Datanet of each modality. What it
 * opened before a failure is closed again.
 */
export async function startStack({ port, dataDir, kuboUrl, onStep }: StackOptions): Promise<Stack> {
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    return { ...(await open()), close }
  } catch (error) {
    await close()
    throw error
  }

  async function open(): Promise<Omit<Stack, 'close'>> {
    mkdirSync(dataDir, { recursive: true })
    const chain = await startChain({ port })
    closers.push(chain.close)
    onStep(`Local chain at ${chain.url}`)

    const deployment = await deployContracts({ url: chain.url, account: people.operator })
    registerDeployment(deployment)
    onStep(`Contracts deployed; addresses in deployments/${deployment.chainId}.json`)

    const store =
      kuboUrl === undefined ? await createHeliaStore({ dir: join(dataDir, 'ipfs') }) : createKuboStore({ url: kuboUrl })
    closers.push(store.close)
    const gateway = await createGateway({ store })
    closers.push(gateway.close)
    onStep(
      `${kuboUrl === undefined ? 'Embedded IPFS node' : `IPFS by Kubo at ${kuboUrl}`}, read-only gateway at ${gateway.url}`,
    )
    writeLocalHome({ root, rpcUrl: chain.url, chainId: chain.chainId, gatewayUrl: gateway.url })

    const indexer = createIndexer({ deployment, rpc: chain.url, pollMs: 300 })
    await indexer.start()
    closers.push(indexer.stop)
    onStep(`Indexer at ${indexer.url}`)

    const client = clientOf(chain)
    const walletOf = (account: Account) => walletClientOf(chain, account)
    const nodes = await startValidators({ chain, deployment, store, dataDir, walletOf, closers })
    onStep(`${nodes.length} validators staked and running`)

    const datanets = await createSampleDatanets(walletOf(people.operator), store)
    for (const { datanetId, title, modality, budget } of datanets) {
      onStep(`Datanet ${datanetId} "${title}" (${modality}), budget ${budget / 10n ** 18n} OPEN`)
    }
    return { chain, deployment, store, gatewayUrl: gateway.url, indexer, datanets, nodes, client, walletOf }
  }
}

type ValidatorsParameters = Pick<Stack, 'chain' | 'deployment' | 'store' | 'walletOf'> & {
  dataDir: string
  closers: (() => Promise<void>)[]
}

/** Stakes for three validators, one unit more for each, and starts their nodes, which exchange attestations. */
async function startValidators(parameters: ValidatorsParameters): Promise<ValidatorNode[]> {
  const { chain, deployment, store, dataDir, walletOf, closers } = parameters
  const nodes: ValidatorNode[] = []
  for (const [at, account] of people.validators.entries()) {
    const signingKey = people.signingKeys[at]!
    const units = at + 1
    await walletOf(people.operator).writeContract({
      address: deployment.contracts.OpenToken.address,
      abi: openTokenAbi,
      functionName: 'transfer',
      args: [account.address, BigInt(units) * UNIT],
    })
    await register(walletOf(account), { signingKey, units })
    const name = `validator-${at + 1}`
    const node = createValidatorNode({
      client: clientOf(chain),
      deployment,
      signer: signingKey,
      sender: account,
      store,
      dataDir: join(dataDir, name),
      peers: () => nodes.filter((other) => other !== node).flatMap(({ url }) => url ?? []),
      listen: { host: '127.0.0.1', port: 0 },
      pollMs: 400,
      slotSeconds: 2,
      checkers: 1,
      logger: createLogger({ level: process.env.DATANETS_LOG ?? 'silent', bindings: { name } }),
    })
    nodes.push(node)
    await node.start()
    closers.push(() => node.stop())
  }
  return nodes
}

async function createSampleDatanets(
  wallet: ReturnType<Stack['walletOf']>,
  store: ContentStore,
): Promise<StackDatanet[]> {
  const datanets: StackDatanet[] = []
  for (const sample of sampleDatanets) {
    const { modality, rewardPerFile, budget } = sample
    const rules = await publishRules(store, sample)
    const { datanetId } = await createDatanet(wallet, { terms: { ...localTerms, modality, rewardPerFile }, rules })
    await fund(wallet, { datanetId, amount: budget })
    datanets.push({ ...sample, datanetId })
  }
  return datanets
}
