import type { Address, Client } from 'viem'
import type { DatanetBalance } from './getBalances.ts'
import { datanetsOf, type ReadParameters, readAt, viewOf } from './internal/read.ts'

export type GetBalanceParameters = ReadParameters & { datanetId: bigint; account: Address }

export type GetBalanceReturnType = DatanetBalance

/** What an account accrued in one Datanet and can claim. Its wallet's OPEN is in `getBalances`. */
export async function getBalance(
  client: Client,
  { account, datanetId, ...options }: GetBalanceParameters,
): Promise<GetBalanceReturnType> {
  const view = await viewOf(client, options)
  const member = await readAt(client, {
    ...datanetsOf(view),
    functionName: 'accountOf',
    args: [datanetId, account],
    blockNumber: view.blockNumber,
  })
  return { datanetId, balance: member.balance, score: member.score, scoredAt: member.scoredAt }
}
