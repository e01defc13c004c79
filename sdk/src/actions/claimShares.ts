import type { Address, Client, Hex } from 'viem'
import { modelFactoryAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { NothingToClaimError } from '../errors/submission.ts'
import type { ShareProof } from '../types/run.ts'
import { eventsIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type ClaimSharesParameters = WriteParameters & {
  contributor: Address
  /** One per leaf, of any number of final runs. */
  proofs: readonly ShareProof[]
}

export type ClaimSharesReturnType = WriteReturnType & {
  contributor: Address
  payout: Address
  /** Wei sent. */
  total: bigint
  parts: { runId: Hex; index: bigint; amount: bigint }[]
}

export async function prepareClaimShares(
  client: Client,
  { contributor, deployment, proofs }: Pick<ClaimSharesParameters, 'contributor' | 'proofs'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.ModelFactory.address,
    abi: modelFactoryAbi,
    functionName: 'claimShares',
    args: [contributor, proofs],
  })
}

/** Checks the call without sending it. Returns the wei it would send. */
export async function simulateClaimShares(client: Client, parameters: ClaimSharesParameters): Promise<bigint> {
  return simulate(client, await prepareClaimShares(client, parameters), parameters)
}

/**
 * Sends what the shares of an account are entitled to and were not paid, to its payout address. Anyone can.
 *
 * @throws {NothingToClaimError} when nothing is owed.
 * @throws {ModelFactoryInvalidProofError} when a proof does not lead to its run.
 */
export async function claimShares(client: Client, parameters: ClaimSharesParameters): Promise<ClaimSharesReturnType> {
  const call = await prepareClaimShares(client, parameters)
  const result = await send(client, call, parameters, 'claimShares')
  const source = { abi: modelFactoryAbi, address: call.to } as const
  const [claimed] = eventsIn(result.receipt, { ...source, eventName: 'SharesClaimed' })
  if (!claimed) throw new NothingToClaimError({ account: parameters.contributor })
  const parts = eventsIn(result.receipt, { ...source, eventName: 'SharePaid' }).map(({ args }) => ({
    runId: args.runId,
    index: args.index,
    amount: args.amount,
  }))
  const { payout, total } = claimed.args
  return { contributor: parameters.contributor, payout, total, parts, ...result }
}
