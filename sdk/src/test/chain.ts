import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { network } from 'hardhat'
import {
  type Account,
  type Address,
  createPublicClient,
  createTestClient,
  createWalletClient,
  custom,
  type Hex,
  type LocalAccount,
  parseAbi,
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { hardhat } from 'viem/chains'
import { openTokenAbi } from '../abis.ts'
import type { DeployedContract, Deployment } from '../types/deployment.ts'

const artifacts = join(import.meta.dirname, '..', '..', '..', 'artifacts', 'contracts')

/** A chain in this process with the contracts on it, for one test file. */
export type TestChain = Awaited<ReturnType<typeof startTestChain>>

/** Key `index` of the tests: nobody else's, so that a test can say whose signature is missing. */
export function accountAt(index: number): LocalAccount {
  return privateKeyToAccount(`0x${(0xda7a_0000n + BigInt(index)).toString(16).padStart(64, '0')}`)
}

/** Starts a chain and deploys OPEN (all of it to `owner`) and all contracts. */
export async function startTestChain() {
  const connection = await network.create()
  const transport = custom(connection.provider)
  const base = { chain: hardhat, transport, pollingInterval: 20, cacheTime: 0 } as const
  const publicClient = createPublicClient(base)
  const testClient = createTestClient({ ...base, mode: 'hardhat' })
  const owner = accountAt(0)

  const walletOf = <account extends Account>(account: account) => createWalletClient({ ...base, account })
  const endow = (address: Address) => testClient.setBalance({ address, value: 10n ** 20n })
  await endow(owner.address)

  async function deploy(contract: string, args: readonly unknown[]): Promise<DeployedContract> {
    const { abi, bytecode } = JSON.parse(readFileSync(join(artifacts, `${contract}.sol`, `${contract}.json`), 'utf8'))
    const transaction = await walletOf(owner).deployContract({ abi, bytecode: bytecode as Hex, args })
    const { blockNumber, contractAddress } = await publicClient.waitForTransactionReceipt({ hash: transaction })
    return { address: contractAddress!, block: Number(blockNumber), transaction, args }
  }

  const OpenToken = await deploy('OpenToken', [owner.address])
  const Datanets = await deploy('Datanets', [OpenToken.address])
  const ModelFactory = await deploy('ModelFactory', [Datanets.address, owner.address])
  const read = (functionName: 'VALIDATORS' | 'APPEALS') =>
    publicClient.readContract({
      address: Datanets.address,
      abi: parseAbi(['function VALIDATORS() view returns (address)', 'function APPEALS() view returns (address)']),
      functionName,
    })
  const deployment: Deployment = {
    chainId: hardhat.id,
    contracts: {
      OpenToken,
      Datanets,
      Validators: { ...Datanets, address: await read('VALIDATORS'), args: [] },
      Appeals: { ...Datanets, address: await read('APPEALS'), args: [] },
      ModelFactory,
    },
    commit: 'test',
  }

  return {
    deployment,
    owner,
    provider: connection.provider,
    /** Sends OPEN of the owner. */
    async transfer(to: Address, amount: bigint) {
      const hash = await walletOf(owner).writeContract({
        address: OpenToken.address,
        abi: openTokenAbi,
        functionName: 'transfer',
        args: [to, amount],
      })
      await publicClient.waitForTransactionReceipt({ hash })
    },
    publicClient,
    testClient,
    walletOf,
    endow,
    /** Lets time pass and mines a block. */
    async wait(seconds: number) {
      await testClient.increaseTime({ seconds })
      await testClient.mine({ blocks: 1 })
    },
    mine: () => testClient.mine({ blocks: 1 }),
    close: () => connection.close(),
  }
}
