import { type Client, isAddressEqual } from 'viem'
import { comparePositions, type LeaderboardRow } from '../utils/leaderboard.ts'
import { getLeaderboard } from './getLeaderboard.ts'
import { allDatanetIds } from './getLots.ts'
import { datanetsOf, mapLimited, type ReadParameters, readAt, type View, viewOf } from './internal/read.ts'

export type VerifyLeaderboardParameters = ReadParameters & {
  /** The rows to check, from the first rank on, as an indexer gave them. Give its block as `blockNumber`. */
  rows: readonly LeaderboardRow[]
  datanetId?: bigint | undefined
}

/** The first place where a leaderboard is not what the chain says. */
export type LeaderboardDifference = {
  rank: number
  field: keyof LeaderboardRow
  /** What the rows say. */
  given: unknown
  /** What the events, or the contract's own counters, say. */
  found: unknown
  source: 'events' | 'contract'
}

export type VerifyLeaderboardReturnType = {
  blockNumber: bigint
  /** Rows compared. */
  checked: number
  difference: LeaderboardDifference | null
}

const fields = [
  'account',
  'score',
  'accepted',
  'rejected',
  'undecided',
  'pending',
  'lapsed',
  'revoked',
  'rewards',
  'acceptanceRate',
] as const satisfies readonly (keyof LeaderboardRow)[]

/** Recomputes a leaderboard from events, and its scores from contract views, and names the first difference. */
export async function verifyLeaderboard(
  client: Client,
  { datanetId, rows, ...options }: VerifyLeaderboardParameters,
): Promise<VerifyLeaderboardReturnType> {
  const view = await viewOf(client, options)
  const { blockNumber, deployment, signal } = view
  const found = await getLeaderboard(client, { datanetId, deployment, blockNumber, signal })
  const difference = compare(rows, found.rows) ?? (await compareWithContract(view, rows, datanetId))
  return { blockNumber, checked: rows.length, difference }
}

function compare(given: readonly LeaderboardRow[], found: readonly LeaderboardRow[]): LeaderboardDifference | null {
  for (const [index, row] of given.entries()) {
    const truth = found[index]
    const at = { rank: index + 1, source: 'events' } as const
    if (!truth) return { ...at, field: 'account', given: row.account, found: null }
    if (row.rank !== index + 1) return { ...at, field: 'rank', given: row.rank, found: index + 1 }
    if (!isAddressEqual(row.account, truth.account))
      return { ...at, field: 'account', given: row.account, found: truth.account }
    for (const field of fields.slice(1))
      if (row[field] !== truth[field]) return { ...at, field, given: row[field], found: truth[field] }
    if (!samePosition(row.scoredAt, truth.scoredAt))
      return { ...at, field: 'scoredAt', given: row.scoredAt, found: truth.scoredAt }
  }
  return null
}

function samePosition(a: LeaderboardRow['scoredAt'], b: LeaderboardRow['scoredAt']): boolean {
  return a && b ? comparePositions(a, b) === 0 : a === b
}

async function compareWithContract(
  view: View,
  rows: readonly LeaderboardRow[],
  datanetId: bigint | undefined,
): Promise<LeaderboardDifference | null> {
  const { blockNumber, client } = view
  const datanetIds = datanetId === undefined ? await allDatanetIds(view) : [datanetId]
  const scores = await mapLimited(rows, async ({ account }) => {
    const members = await mapLimited(datanetIds, (id) =>
      readAt(client, { ...datanetsOf(view), functionName: 'accountOf', args: [id, account], blockNumber }),
    )
    return members.reduce((sum, { score }) => sum + score, 0)
  })
  const index = rows.findIndex((row, position) => row.score !== scores[position])
  if (index < 0) return null
  return { rank: index + 1, field: 'score', given: rows[index]!.score, found: scores[index], source: 'contract' }
}
