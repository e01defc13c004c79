import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Deployment } from '@datanets/sdk'
import { type Abi, type Address, createTestClient, type Hex, http, publicActions, walletActions } from 'viem'
import { type Anvil, startAnvil } from '../../test/integration/indexer/support/anvil.ts'

export const LOT_ITEMS = 128
const DATANETS = 50n
const USERS = 20_000n
/** Seconds between blocks: 4,000 lots are two months, so that windows cover a part of them. */
const BLOCK_SECONDS = 1300

/** A chain with a synthetic history. */
export type SyntheticChain = Anvil & {
  deployment: Deployment
  contributions: number
  /** Milliseconds it took to make. */
  madeInMs: number
  head: () => Promise<number>
  /** Replaces the newest `blocks` blocks by as many others. Returns the new head's hash. */
  reorg: (blocks: number) => Promise<Hex>
}

function compile(): { abi: Abi; bytecode: Hex } {
  const solc = createRequire(import.meta.url)('solc') as { compile: (input: string) => string }
  const input = {
    language: 'Solidity',
    sources: { 'Emitter.sol': { content: readFileSync(join(import.meta.dirname, 'Emitter.sol'), 'utf8') } },
    settings: {
      viaIR: true,
      optimizer: { enabled: true },
      outputSelection: { '*': { Emitter: ['abi', 'evm.bytecode.object'] } },
    },
  }
  const output = JSON.parse(solc.compile(JSON.stringify(input)))
  const emitter = output.contracts['Emitter.sol'].Emitter
  return { abi: emitter.abi, bytecode: `0x${emitter.evm.bytecode.object}` }
}

/** Makes whole lots until there are at least `contributions`, one lot in each block. */
export async function makeChain(contributions: number): Promise<SyntheticChain> {
  const anvil = await startAnvil()
  const client = createTestClient({
    mode: 'anvil',
    transport: http(anvil.url, { timeout: 120_000 }),
    pollingInterval: 5,
    cacheTime: 0,
  })
    .extend(publicActions)
    .extend(walletActions)
  const [account] = (await client.getAddresses()) as [Address]
  const { abi, bytecode } = compile()
  const creation = await client.deployContract({ abi, bytecode, account, chain: null, gas: 10_000_000n })
  const { contractAddress, blockNumber } = await client.waitForTransactionReceipt({ hash: creation })
  const address = contractAddress!
  const rpc = client.request as (request: { method: string; params: unknown[] }) => Promise<unknown>
  let nonce = await client.getTransactionCount({ address: account })
  // With mining on demand a transaction is in a block when its hash is returned.
  const send = (functionName: string, args: unknown[]) =>
    client.writeContract({
      address,
      abi,
      functionName,
      args,
      account,
      chain: null,
      gas: 30_000_000n,
      nonce: nonce++,
      gasPrice: 10n ** 10n,
    })
  await send('open', [DATANETS])
  await rpc({ method: 'anvil_setBlockTimestampInterval', params: [BLOCK_SECONDS] })

  const started = performance.now()
  const lots = Math.ceil(contributions / LOT_ITEMS)
  for (let i = 0; i < lots; i++) await send('emitLots', [1n, BigInt(LOT_ITEMS), DATANETS, USERS])
  const madeInMs = performance.now() - started

  const created = { address, block: Number(blockNumber), transaction: creation, args: [] }
  const contracts = {
    OpenToken: created,
    Datanets: created,
    Validators: created,
    Appeals: created,
    ModelFactory: created,
  }
  return {
    ...anvil,
    deployment: { chainId: 31337, contracts, commit: 'benchmark' },
    contributions: lots * LOT_ITEMS,
    madeInMs,
    head: async () => Number(await client.getBlockNumber()),
    async reorg(blocks) {
      await rpc({ method: 'anvil_rollback', params: [blocks] })
      nonce = await client.getTransactionCount({ address: account })
      await send('setSalt', [BigInt(Date.now())])
      for (let i = 1; i < blocks; i++) await send('emitLots', [1n, BigInt(LOT_ITEMS), DATANETS, USERS])
      return (await client.getBlock()).hash
    },
  }
}
