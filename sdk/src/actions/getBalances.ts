import type { Address, Client } from 'viem'
import { allDatanetIds } from './getLots.ts'
import { datanetsOf, mapLimited, openTokenOf, type ReadParameters, readAt, viewOf } from './internal/read.ts'

export type GetBalancesParameters = ReadParameters & { account: Address }

/** An account within one Datanet. */
export type DatanetBalance = {
  datanetId: bigint
  /** Wei of OPEN accrued and not claimed. */
  balance: bigint
  /** Accepted contributions accrued. */
  score: number
  /** When the score was reached, in seconds since 1970; zero without one. */
  scoredAt: number
}

export type GetBalancesReturnType = {
  /** Wei of OPEN the account itself holds. */
  wallet: bigint
  /** Where its rewards go. */
  payout: Address
  /** Wei that `claim` would send. */
  claimable: bigint
  /** The Datanets in which it has a balance or a score. */
  datanets: DatanetBalance[]
}

/** What an account holds, and can claim, over all Datanets. */
export async function getBalances(
  client: Client,
  { account, ...options }: GetBalancesParameters,
): Promise<GetBalancesReturnType> {
  const view = await viewOf(client, options)
  const { blockNumber } = view
  const contract = datanetsOf(view)
  const [wallet, payout, members] = await Promise.all([
    readAt(client, { ...openTokenOf(view), functionName: 'balanceOf', args: [account], blockNumber }),
    readAt(client, { ...contract, functionName: 'payoutOf', args: [account], blockNumber }),
    mapLimited(await allDatanetIds(view), async (datanetId) => {
      const member = await readAt(client, {
        ...contract,
        functionName: 'accountOf',
        args: [datanetId, account],
        blockNumber,
      })
      return { datanetId, balance: member.balance, score: member.score, scoredAt: member.scoredAt }
    }),
  ])
  const datanets = members.filter(({ balance, score }) => balance !== 0n || score !== 0)
  return { wallet, payout, claimable: datanets.reduce((sum, { balance }) => sum + balance, 0n), datanets }
}
