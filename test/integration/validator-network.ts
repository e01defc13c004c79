import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Deployment, datanetsAbi, openTokenAbi, validatorsAbi } from '@datanets/sdk'
import type { ContentStore } from '@datanets/sdk/storage'
import {
  createManifest,
  encodeManifest,
  encodeManifestList,
  type Format,
  formatOfName,
  formatsWord,
  type Modality,
  modalityFormats,
  signingKeyTypedData,
  toContributions,
  toManifestList,
  treeOf,
} from '@datanets/sdk/utils'
import {
  type Address,
  createPublicClient,
  createWalletClient,
  type Hex,
  http,
  type LocalAccount,
  type PublicClient,
  parseAbi,
  parseEther,
  parseEventLogs,
  zeroAddress,
  zeroHash,
} from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { hardhat } from 'viem/chains'
import { people } from '../../scripts/stack/accounts.ts'
import { startChain } from '../../scripts/stack/chain.ts'

const root = join(import.meta.dirname, '..', '..')

export interface TestFile {
  name: string
  bytes: Uint8Array
  format?: Format
}

export interface TestNetwork {
  url: string
  client: PublicClient
  deployment: Deployment
  /** Signing keys of the registered validators. */
  keys: LocalAccount[]
  createDatanet(modality: Modality, terms?: Partial<typeof TERMS>): Promise<bigint>
  /** Enters files and, unless told otherwise, puts them into the store. */
  submit(options: {
    datanetId: bigint
    contributor: LocalAccount
    files: readonly TestFile[]
    store: ContentStore
    /** Names of files whose content is not published. */
    without?: readonly string[]
    /** Bytes to claim, where they should not be those of the files. */
    totalBytes?: number
  }): Promise<{ lotId: bigint; first: number }>
  giveOpen(to: Address, amount: bigint): Promise<unknown>
  close(): Promise<void>
}

/** Windows in seconds that a test can wait for. */
export const TERMS = {
  rewardPerFile: parseEther('5'),
  lotFee: parseEther('30'),
  lotWindow: 2,
  fileCap: 1_000,
  dailyKilobytes: 10_000,
  gated: false,
  voteWindow: 40,
  challengeWindow: 2,
  seatCount: 3,
  quorum: 3,
  acceptBps: 6_667,
  appealBondFees: 10,
  admission: zeroAddress,
}

/** A chain with the contracts and `validators` registered validators. The accounts of the keys are funded for gas. */
export async function startNetwork({
  validators = 3,
  keys: given = [],
}: {
  validators?: number
  /** Signing keys to register after those made here. */
  keys?: readonly LocalAccount[]
} = {}): Promise<TestNetwork> {
  const chain = await startChain({ port: 0 })
  const client = createPublicClient({ chain: hardhat, transport: http(chain.url), pollingInterval: 50 }) as PublicClient
  const operator = people.operator
  const write = writer(chain.url, client)
  const deployment = await deploy(chain.url, client, operator)
  const { OpenToken, Datanets, Validators } = deployment.contracts
  const open = { abi: openTokenAbi, address: OpenToken.address } as const

  const keys: LocalAccount[] = []
  const made = Array.from({ length: validators }, () => privateKeyToAccount(generatePrivateKey()))
  for (const key of [...made, ...given]) {
    const account = privateKeyToAccount(generatePrivateKey())
    for (const { address } of [account, key]) await write.value(operator, address, parseEther('10'))
    const unit = parseEther('1000')
    await write.call(operator, { ...open, functionName: 'transfer', args: [account.address, unit] })
    await write.call(account, { ...open, functionName: 'approve', args: [Validators.address, unit] })
    const proof = await key.signTypedData(
      signingKeyTypedData({ chainId: 31337, verifyingContract: Validators.address, account: account.address }),
    )
    await write.call(account, {
      abi: validatorsAbi,
      address: Validators.address,
      functionName: 'register',
      args: [key.address, proof, 1n],
    })
    keys.push(key)
  }
  const datanets = { abi: datanetsAbi, address: Datanets.address } as const

  return {
    url: chain.url,
    client,
    deployment,
    keys,
    async createDatanet(modality, terms = {}) {
      const formats = modalityFormats[modality]
      await write.call(operator, {
        ...datanets,
        functionName: 'createDatanet',
        args: [{ ...TERMS, formats, ...terms }, zeroHash],
      })
      const id = await client.readContract({ ...datanets, functionName: 'datanetCount' })
      const budget = parseEther('100000')
      await write.call(operator, { ...open, functionName: 'approve', args: [Datanets.address, budget] })
      await write.call(operator, { ...datanets, functionName: 'fund', args: [id, budget] })
      return id
    },
    async submit({ datanetId, contributor, files, store, without = [], totalBytes }) {
      const manifests = await Promise.all(
        files.map(({ name, bytes, format }) =>
          createManifest({
            chainId: 31337,
            contracts: Datanets.address,
            datanetId,
            contributor: contributor.address,
            bytes,
            format: format ?? formatOfName(name)!,
            title: name,
            licence: 'CC0-1.0',
            createdAt: '2026-01-01T00:00:00Z',
          }),
        ),
      )
      const list = toManifestList(manifests)
      const block = encodeManifestList(list)
      const receipt = await write.call(contributor, {
        ...datanets,
        functionName: 'submit',
        args: [
          datanetId,
          treeOf(toContributions(list)).root,
          BigInt(files.length),
          BigInt(totalBytes ?? files.reduce((sum, { bytes }) => sum + bytes.length, 0)),
          BigInt(formatsWord(list.map(({ format }) => format))),
          block.digest,
          '0x',
        ],
      })
      await store.put(block.bytes, { codec: 'dag-json' })
      for (const manifest of manifests) await store.put(encodeManifest(manifest).bytes, { codec: 'dag-json' })
      for (const { name, bytes } of files) if (!without.includes(name)) await store.put(bytes, { codec: 'file' })
      const [submitted] = parseEventLogs({ abi: datanetsAbi, eventName: 'Submitted', logs: receipt.logs })
      return { lotId: submitted!.args.lot, first: Number((submitted!.args.entry >> 160n) & 0xffn) }
    },
    giveOpen: (to, amount) => write.call(operator, { ...open, functionName: 'transfer', args: [to, amount] }),
    close: chain.close,
  }
}

function writer(url: string, client: PublicClient) {
  const wallet = (account: LocalAccount) => createWalletClient({ account, chain: hardhat, transport: http(url) })
  async function mined(hash: Hex) {
    const receipt = await client.waitForTransactionReceipt({ hash })
    if (receipt.status !== 'success') throw new TypeError(`transaction ${hash} reverted`)
    return receipt
  }
  return {
    call: async (account: LocalAccount, call: object) =>
      mined(await wallet(account).writeContract(call as Parameters<ReturnType<typeof wallet>['writeContract']>[0])),
    value: async (account: LocalAccount, to: Address, value: bigint) =>
      mined(await wallet(account).sendTransaction({ to, value })),
  }
}

async function deploy(url: string, client: PublicClient, account: LocalAccount): Promise<Deployment> {
  const wallet = createWalletClient({ account, chain: hardhat, transport: http(url) })
  const put = async (name: string, args: unknown[]) => {
    const path = join(root, 'artifacts', 'contracts', `${name}.sol`, `${name}.json`)
    const { abi, bytecode } = JSON.parse(readFileSync(path, 'utf8')) as { abi: readonly unknown[]; bytecode: Hex }
    const transaction = await wallet.deployContract({ abi, bytecode, args })
    const receipt = await client.waitForTransactionReceipt({ hash: transaction })
    return { address: receipt.contractAddress!, block: Number(receipt.blockNumber), transaction, args }
  }
  const OpenToken = await put('OpenToken', [account.address])
  const Datanets = await put('Datanets', [OpenToken.address])
  const abi = parseAbi(['function VALIDATORS() view returns (address)', 'function APPEALS() view returns (address)'])
  const at = (functionName: 'VALIDATORS' | 'APPEALS') =>
    client.readContract({ address: Datanets.address, abi, functionName })
  const Validators = { ...Datanets, address: await at('VALIDATORS') }
  const Appeals = { ...Datanets, address: await at('APPEALS') }
  return {
    chainId: 31337,
    contracts: { OpenToken, Datanets, Validators, Appeals, ModelFactory: { ...Datanets, address: zeroAddress } },
    commit: 'test',
  }
}
