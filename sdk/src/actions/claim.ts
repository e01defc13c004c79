import type { Address, Client } from 'viem'
import { datanetsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { NothingToClaimError } from '../errors/submission.ts'
import { getBalances } from './getBalances.ts'
import {
  accountOf,
  eventsIn,
  send,
  simulate,
  toCall,
  type WriteParameters,
  type WriteReturnType,
} from './internal/write.ts'

export type ClaimParameters = WriteParameters & {
  /** Whose rewards; the caller's by default. Anyone can claim for anyone. */
  contributor?: Address | undefined
  /** Of which Datanets; all with a balance by default. Empty ones are skipped. */
  datanetIds?: readonly bigint[] | undefined
}

export type ClaimReturnType = WriteReturnType & {
  contributor: Address
  payout: Address
  /** Wei sent. */
  total: bigint
  /** Wei from each Datanet. */
  amounts: { datanetId: bigint; amount: bigint }[]
}

export async function prepareClaim(
  client: Client,
  {
    contributor,
    datanetIds,
    deployment,
  }: { contributor: Address; datanetIds: readonly bigint[] } & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.Datanets.address,
    abi: datanetsAbi,
    functionName: 'claim',
    args: [contributor, datanetIds],
  })
}

/** Checks a claim without sending it. Returns the wei it would send. */
export async function simulateClaim(client: Client, parameters: ClaimParameters): Promise<bigint> {
  return simulate(client, await prepareClaim(client, await whatToClaim(client, parameters)), parameters)
}

/**
 * Sends accrued rewards to the contributor's payout address.
 *
 * @throws {NothingToClaimError} when there are none.
 */
export async function claim(client: Client, parameters: ClaimParameters = {}): Promise<ClaimReturnType> {
  const what = await whatToClaim(client, parameters)
  const call = await prepareClaim(client, what)
  const result = await send(client, call, parameters, 'claim')
  const [claimed] = eventsIn(result.receipt, { abi: datanetsAbi, address: call.to, eventName: 'Claimed' })
  // Somebody else claimed in the meantime: the money is where it belongs, just not by this transaction.
  if (!claimed) throw new NothingToClaimError({ account: what.contributor })
  const { amounts, datanetIds, payout, total } = claimed.args
  return {
    contributor: what.contributor,
    payout,
    total,
    amounts: datanetIds.map((datanetId, index) => ({ datanetId, amount: amounts[index]! })),
    ...result,
  }
}

async function whatToClaim(client: Client, parameters: ClaimParameters) {
  const deployment = await resolveDeployment(client, parameters.deployment)
  const contributor = parameters.contributor ?? accountOf(client, parameters, 'claim').address
  if (parameters.datanetIds) return { deployment, contributor, datanetIds: parameters.datanetIds }
  const { datanets } = await getBalances(client, { account: contributor, deployment })
  const datanetIds = datanets.filter(({ balance }) => balance !== 0n).map(({ datanetId }) => datanetId)
  if (datanetIds.length === 0) throw new NothingToClaimError({ account: contributor })
  return { deployment, contributor, datanetIds }
}
