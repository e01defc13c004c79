import type { Client } from 'viem'
import { readDatanetsEvents } from '../events/datanets.ts'
import { type LeaderboardRow, leaderboardEventNames, leaderboardOf } from '../utils/leaderboard.ts'
import { type ReadParameters, viewOf } from './internal/read.ts'

export type GetLeaderboardParameters = ReadParameters & {
  /** Only this Datanet; all of them together by default. */
  datanetId?: bigint | undefined
  /** Rows from the first rank on; all by default. */
  limit?: number | undefined
}

export type GetLeaderboardReturnType = {
  /** The block the ranks are of. */
  blockNumber: bigint
  rows: LeaderboardRow[]
}

/** Ranks contributors by accepted contributions, computed from events. */
export async function getLeaderboard(
  client: Client,
  { datanetId, limit, ...options }: GetLeaderboardParameters = {},
): Promise<GetLeaderboardReturnType> {
  const { blockNumber, deployment, signal } = await viewOf(client, options)
  const events = await readDatanetsEvents(client, deployment, {
    eventNames: leaderboardEventNames,
    toBlock: blockNumber,
    signal,
  })
  return { blockNumber, rows: leaderboardOf(events, { datanetId }).slice(0, limit) }
}
