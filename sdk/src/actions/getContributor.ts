import { type Address, type Client, getAddress, isAddressEqual, pad } from 'viem'
import { readDatanetsEvents } from '../events/datanets.ts'
import { type GetBalancesReturnType, getBalances } from './getBalances.ts'
import { type ContributionState, contributionOf } from './getContribution.ts'
import { type GetUsageReturnType, getUsage } from './getUsage.ts'
import { readLots } from './internal/lots.ts'
import { type ReadParameters, viewOf } from './internal/read.ts'

export type GetContributorParameters = ReadParameters & { account: Address }

export type GetContributorReturnType = GetBalancesReturnType & {
  account: Address
  /** Accepted contributions accrued, over all Datanets. */
  score: number
  /** Wei of OPEN accrued, over all Datanets. */
  rewards: bigint
  /** Wei of OPEN claimed. */
  claimed: bigint
  usage: GetUsageReturnType
  /** Oldest first. */
  contributions: ContributionState[]
}

/** A contributor: every contribution with its votes, scores, balances, payments and today's quota. */
export async function getContributor(
  client: Client,
  { account, ...options }: GetContributorParameters,
): Promise<GetContributorReturnType> {
  const view = await viewOf(client, options)
  const { blockNumber, deployment, signal } = view
  const at = { deployment, blockNumber, signal }
  const second = pad(account, { size: 32 })
  const [submitted, accrued, claims, balances, usage] = await Promise.all([
    readDatanetsEvents(client, deployment, { eventNames: ['Submitted'], second, toBlock: blockNumber, signal }),
    readDatanetsEvents(client, deployment, { eventNames: ['Accrued'], second, toBlock: blockNumber, signal }),
    readDatanetsEvents(client, deployment, {
      eventNames: ['Claimed'],
      first: [BigInt(account)],
      toBlock: blockNumber,
      signal,
    }),
    getBalances(client, { account, ...at }),
    getUsage(client, { account, ...at }),
  ])
  const lots = await readLots(view, [...new Set(submitted.map(({ args }) => args.lot))])
  return {
    account: getAddress(account),
    ...balances,
    score: balances.datanets.reduce((sum, { score }) => sum + score, 0),
    rewards: accrued.reduce((sum, { args }) => sum + args.amount, 0n),
    claimed: claims.reduce((sum, { args }) => sum + args.total, 0n),
    usage,
    contributions: lots.flatMap((state) =>
      state.submissions
        .filter(({ contributor }) => isAddressEqual(contributor, account))
        .flatMap(({ count, first }) =>
          Array.from({ length: count }, (_, offset) => contributionOf(state, first + offset)),
        ),
    ),
  }
}
