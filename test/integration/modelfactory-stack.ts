import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  accrue,
  closeLot,
  createDatanet,
  createMemoryJournal,
  type Deployment,
  fund,
  getLot,
  openTokenAbi,
  register,
  settle,
  signAttestation,
  submit,
} from '@datanets/sdk'
import type { ContentStore } from '@datanets/sdk/storage'
import {
  type Account,
  createPublicClient,
  createTestClient,
  createWalletClient,
  type Hex,
  http,
  parseAbi,
  parseEther,
  zeroHash,
} from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { hardhat } from 'viem/chains'
import { startChain } from '../../scripts/stack/chain.ts'

const root = join(import.meta.dirname, '..', '..')
const at = (addressIndex: number) =>
  mnemonicToAccount('test test test test test test test test test test test junk', { addressIndex })

export const people = {
  operator: at(0),
  validators: [at(1), at(2), at(3)],
  signingKeys: [at(101), at(102), at(103)],
  contributors: [at(4), at(5)],
  modelMaker: at(6),
  payer: at(7),
}

export type Stack = Awaited<ReturnType<typeof startStack>>

/** A chain on loopback with the contracts, three validators, and a Datanet whose contributions are entered by `accept`. */
export async function startStack() {
  const chain = await startChain({ port: 0 })
  const base = { chain: hardhat, transport: http(chain.url), pollingInterval: 20, cacheTime: 0 } as const
  const client = createPublicClient(base)
  const testClient = createTestClient({ ...base, mode: 'hardhat' })
  const walletOf = (account: Account) => createWalletClient({ ...base, account })

  async function deploy(contract: string, args: readonly unknown[]) {
    const path = join(root, 'artifacts', 'contracts', `${contract}.sol`, `${contract}.json`)
    const { abi, bytecode } = JSON.parse(readFileSync(path, 'utf8')) as { abi: never[]; bytecode: Hex }
    const transaction = await walletOf(people.operator).deployContract({ abi, bytecode, args: args as never })
    const { blockNumber, contractAddress } = await client.waitForTransactionReceipt({ hash: transaction })
    return { address: contractAddress!, block: Number(blockNumber), transaction, args }
  }
  const OpenToken = await deploy('OpenToken', [people.operator.address])
  const Datanets = await deploy('Datanets', [OpenToken.address])
  const abi = parseAbi(['function VALIDATORS() view returns (address)', 'function APPEALS() view returns (address)'])
  const read = (functionName: 'VALIDATORS' | 'APPEALS') =>
    client.readContract({ address: Datanets.address, abi, functionName })
  const deployment: Deployment = {
    chainId: chain.chainId,
    contracts: {
      OpenToken,
      Datanets,
      Validators: { ...Datanets, address: await read('VALIDATORS') },
      Appeals: { ...Datanets, address: await read('APPEALS') },
      ModelFactory: await deploy('ModelFactory', [Datanets.address, people.operator.address]),
    },
    commit: 'test',
  }

  const operator = walletOf(people.operator)
  for (const { address } of [...people.validators, people.payer]) {
    const hash = await operator.writeContract({
      address: OpenToken.address,
      abi: openTokenAbi,
      functionName: 'transfer',
      args: [address, parseEther('10000')],
    })
    await client.waitForTransactionReceipt({ hash })
  }
  for (const [index, validator] of people.validators.entries()) {
    await register(walletOf(validator), { deployment, signingKey: people.signingKeys[index]!, units: 1 })
  }

  const wait = async (seconds: number) => {
    await testClient.increaseTime({ seconds })
    await testClient.mine({ blocks: 1 })
  }

  /** Creates a Datanet, enters these files (one contributor per list) and sees them through to accrual. */
  async function accept(
    store: ContentStore,
    lists: { name: string; bytes: Uint8Array }[][],
    modality: 'Text' | 'Image' = 'Text',
  ) {
    const terms = {
      modality,
      rewardPerFile: parseEther('1'),
      lotFee: parseEther('3'),
      seatCount: 3,
      quorum: 3,
    } as const
    const windows = { lotWindow: 3, voteWindow: 60, challengeWindow: 3 }
    const { datanetId } = await createDatanet(operator, { deployment, terms: { ...terms, ...windows } })
    await fund(operator, { deployment, datanetId, amount: parseEther('1000') })
    let lotId = 0n
    for (const [index, files] of lists.entries()) {
      const wallet = walletOf(people.contributors[index]!)
      const entered = await submit(wallet, { deployment, datanetId, files, store, journal: createMemoryJournal() })
      lotId = entered.lotId
    }
    await wait(5)
    await closeLot(operator, { deployment, lotId })
    const { lot, seats } = await getLot(client, { deployment, lotId })
    const accepted = (1n << lot!.itemCount) - 1n
    const votes = { accepted, rejected: 0n, report: zeroHash, lot: lot!, deployment }
    const attestations = await Promise.all(
      people.signingKeys.map(async (account, index) => ({
        // Validators were registered in this order, so their ids count from 1.
        seat: seats.indexOf(index + 1),
        attestation: await signAttestation(walletOf(account), { ...votes, account }),
      })),
    )
    await settle(operator, { deployment, lotId, attestations })
    await wait(5)
    await accrue(operator, { deployment, lotId })
    return { datanetId, lotId }
  }

  return { url: chain.url, client, deployment, walletOf, wait, accept, close: chain.close }
}
