import { claimShares, type Deployment, openTokenAbi, payFee } from '@datanets/sdk'
import { SHARE_TOTAL } from '@datanets/sdk/utils'
import type { Account, Address, Chain, Hex, PublicClient, Transport, WalletClient } from 'viem'
import { DemoFailedError } from '../errors/demo.ts'
import type { Run } from '../runs/run.ts'
import { claimProof } from '../runs/view.ts'

type Wallet = WalletClient<Transport, Chain | undefined, Account>

export interface PayAndClaimOptions {
  client: PublicClient<Transport, Chain | undefined>
  deployment: Deployment
  /** Pays; holds OPEN. */
  payer: Wallet
  /** Sends claims; anyone can. */
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
  const pools = new Map<Hex, bigint>()
  const sums = { toPlatform: 0n, toOwner: 0n, toStakers: 0n, toContributors: 0n }
  for (const { facts } of runs) {
    const parts = await payFee(payer, { deployment, runId: facts.runId!, amount: fee })
    pools.set(facts.runId!, parts.toContributors)
    for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += parts[name]
  }
  const paid = fee * BigInt(runs.length)
  expectEqual('the parts of all fees', sums.toPlatform + sums.toOwner + sums.toStakers + sums.toContributors, paid)

  const accounts = [...new Set(runs.flatMap(({ facts }) => facts.shares!.map(({ account }) => account as Address)))]
  const balanceOf = (account: Address) => {
    const { address } = deployment.contracts.OpenToken
    return client.readContract({ address, abi: openTokenAbi, functionName: 'balanceOf', args: [account] })
  }
  const claimed: { account: Address; amount: bigint }[] = []
  let leaves = 0
  for (const account of accounts) {
    const proofs = runs.map((run) => claimProof(run, account)).filter((proof) => proof !== undefined)
    leaves += proofs.length
    const held = await balanceOf(account)
    await claimShares(sender, { deployment, contributor: account, proofs })
    const amount = (await balanceOf(account)) - held
    const expected = proofs.reduce((sum, { runId, share }) => sum + (pools.get(runId)! * share) / SHARE_TOTAL, 0n)
    expectEqual(`what ${account} received`, amount, expected)
    claimed.push({ account, amount })
  }
  const dust = sums.toContributors - claimed.reduce((all, { amount }) => all + amount, 0n)
  if (dust < 0n || dust >= BigInt(leaves)) throw new DemoFailedError(`${dust} wei are left of ${leaves} shares`)
  return {
    paid: String(paid),
    platform: String(sums.toPlatform),
    owners: String(sums.toOwner),
    stakers: String(sums.toStakers),
    contributors: String(sums.toContributors),
    claimed: claimed.map(({ account, amount }) => ({ account, amount: String(amount) })),
    dust: String(dust),
  }
}

function expectEqual(what: string, actual: bigint, expected: bigint): void {
  if (actual !== expected) throw new DemoFailedError(`${what}: ${actual} wei instead of ${expected}`)
}
