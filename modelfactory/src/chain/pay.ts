import { type Deployment, modelFactoryAbi, openTokenAbi } from '@datanets/sdk'
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
import { RunTransactionError } from '../errors/runs.ts'
import type { ClaimProof } from '../runs/view.ts'

export interface Purse {
  client: PublicClient<Transport, Chain | undefined>
  wallet: WalletClient<Transport, Chain | undefined, Account>
  deployment: Deployment
}

/** How one fee was split, in wei. */
export interface FeeParts {
  hash: Hex
  toPlatform: bigint
  toOwner: bigint
  toStakers: bigint
  toContributors: bigint
  toParent: bigint
}

/** Pays for using a Final run. Approves first where the allowance is too small. @throws RunTransactionError */
export async function payFee(purse: Purse, runId: Hex, amount: bigint): Promise<FeeParts> {
  const { client, deployment, wallet } = purse
  const { ModelFactory, OpenToken } = deployment.contracts
  const token = { address: OpenToken.address, abi: openTokenAbi } as const
  const owner = wallet.account.address
  const allowed = await client.readContract({
    ...token,
    functionName: 'allowance',
    args: [owner, ModelFactory.address],
  })
  const from = { account: wallet.account, chain: null } as const
  if (allowed < amount) {
    const approve = { ...token, functionName: 'approve', args: [ModelFactory.address, amount] } as const
    await mined(client, 'approve the fee', await wallet.writeContract({ ...approve, ...from }))
  }
  const call = {
    address: ModelFactory.address,
    abi: modelFactoryAbi,
    functionName: 'payFee',
    args: [runId, amount],
    ...from,
  } as const
  const { logs, transactionHash } = await mined(client, 'pay the fee', await wallet.writeContract(call))
  const [event] = parseEventLogs({ abi: modelFactoryAbi, eventName: 'FeePaid', logs })
  const { toContributors, toOwner, toParent, toPlatform, toStakers } = event!.args
  return { hash: transactionHash, toContributors, toOwner, toParent, toPlatform, toStakers }
}

/** Sends what an account's shares earned to its payout address; anyone can. @throws RunTransactionError */
export async function claimShares(
  { client, deployment, wallet }: Purse,
  account: Address,
  proofs: readonly ClaimProof[],
): Promise<{ hash: Hex; total: bigint }> {
  const args = [account, proofs.map(toArgument)] as const
  const { address } = deployment.contracts.ModelFactory
  const call = {
    address,
    abi: modelFactoryAbi,
    functionName: 'claimShares',
    args,
    account: wallet.account,
    chain: null,
  } as const
  const { logs, transactionHash } = await mined(client, 'claim shares', await wallet.writeContract(call))
  const [event] = parseEventLogs({ abi: modelFactoryAbi, eventName: 'SharesClaimed', logs })
  return { hash: transactionHash, total: event?.args.total ?? 0n }
}

function toArgument({ index, path, runId, share }: ClaimProof) {
  return { runId, index: BigInt(index), share: BigInt(share), path }
}

async function mined(client: Purse['client'], intent: string, hash: Hex): Promise<TransactionReceipt> {
  const receipt = await client.waitForTransactionReceipt({ hash })
  if (receipt.status === 'reverted') throw new RunTransactionError({ intent, hash })
  return receipt
}
