import { type Deployment, modelFactoryAbi, openTokenAbi } from '@datanets/sdk'
import { SHARE_TOTAL } from '@datanets/sdk/utils'
import {
  type Account,
  type Address,
  type Chain,
  type Hex,
  type PublicClient,
  parseEventLogs,
  type TransactionReceipt,
  type Transport,
  type WalletClient,
} from 'viem'
import { DemoFailedError } from '../errors/demo.ts'
import type { Run } from '../runs/run.ts'
import { claimProof } from '../runs/view.ts'

type Wallet = WalletClient<Transport, Chain | undefined, Account>

export interface PayAndClaimOptions {
  client: PublicClient<Transport, Chain | undefined>
  deployment: Deployment
  payer: Wallet
  sender: Wallet
  /** Wei of OPEN per run. */
  fee: bigint
  /** Final ones. */
  runs: readonly Run[]
}

/** Where every wei went; amounts in wei, as decimal strings. */
export interface MoneyReport {
  paid: string
  platform: string
  owners: string
  stakers: string
  contributors: string
  claimed: { account: Address; amount: string }[]
  /** What rounding left in the pools: less than one wei per share. */
  dust: string
}

/** Pays a fee for each run, claims every share of all of them, and adds up: not a wei more or less. @throws DemoFailedError */
export async function payAndClaim({
  client,
  deployment,
  fee,
  payer,
  runs,
  sender,
}: PayAndClaimOptions): Promise<MoneyReport> {
  const { ModelFactory, OpenToken } = deployment.contracts
  const { address } = ModelFactory
  const contract = { address, abi: modelFactoryAbi, chain: null } as const
  const mined = async (hash: Hex): Promise<TransactionReceipt> => {
    const receipt = await client.waitForTransactionReceipt({ hash })
    if (receipt.status === 'reverted') throw new DemoFailedError(`transaction ${hash} was reverted`)
    return receipt
  }
  const total = fee * BigInt(runs.length)
  const approval = {
    address: OpenToken.address,
    abi: openTokenAbi,
    functionName: 'approve',
    args: [address, total],
  } as const
  await mined(await payer.writeContract({ ...approval, chain: null, account: payer.account }))

  const pools = new Map<Hex, bigint>()
  const sums = { toPlatform: 0n, toOwner: 0n, toStakers: 0n, toContributors: 0n }
  for (const { facts } of runs) {
    const args = [facts.runId!, fee] as const
    const { logs } = await mined(
      await payer.writeContract({ ...contract, functionName: 'payFee', args, account: payer.account }),
    )
    const [event] = parseEventLogs({ abi: modelFactoryAbi, eventName: 'FeePaid', logs })
    pools.set(facts.runId!, event!.args.toContributors)
    for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += event!.args[name]
  }
  expectEqual('the parts of all fees', sums.toPlatform + sums.toOwner + sums.toStakers + sums.toContributors, total)

  const accounts = [...new Set(runs.flatMap(({ facts }) => facts.shares!.map(({ account }) => account as Address)))]
  const claimed: { account: Address; amount: bigint }[] = []
  let leaves = 0
  for (const account of accounts) {
    const found = runs.map((run) => claimProof(run, account)).filter((proof) => proof !== undefined)
    leaves += found.length
    const proofs = found.map(({ index, path, runId, share }) => ({
      runId,
      index: BigInt(index),
      share: BigInt(share),
      path,
    }))
    const held = await balanceOf(client, OpenToken.address, account)
    const args = [account, proofs] as const
    await mined(await sender.writeContract({ ...contract, functionName: 'claimShares', args, account: sender.account }))
    const amount = (await balanceOf(client, OpenToken.address, account)) - held
    const expected = proofs.reduce((sum, { runId, share }) => sum + (pools.get(runId)! * share) / SHARE_TOTAL, 0n)
    expectEqual(`what ${account} received`, amount, expected)
    claimed.push({ account, amount })
  }
  const sum = claimed.reduce((all, { amount }) => all + amount, 0n)
  const dust = sums.toContributors - sum
  if (dust < 0n || dust >= BigInt(leaves)) throw new DemoFailedError(`${dust} wei are left of ${leaves} shares`)
  return {
    paid: String(total),
    platform: String(sums.toPlatform),
    owners: String(sums.toOwner),
    stakers: String(sums.toStakers),
    contributors: String(sums.toContributors),
    claimed: claimed.map(({ account, amount }) => ({ account, amount: String(amount) })),
    dust: String(dust),
  }
}

function balanceOf(client: PayAndClaimOptions['client'], token: Address, account: Address): Promise<bigint> {
  return client.readContract({ address: token, abi: openTokenAbi, functionName: 'balanceOf', args: [account] })
}

function expectEqual(what: string, actual: bigint, expected: bigint): void {
  if (actual !== expected) throw new DemoFailedError(`${what}: ${actual} wei instead of ${expected}`)
}
