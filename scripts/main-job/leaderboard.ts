import type { LeaderboardEntry, Page } from '@datanets/indexer'
import { verifyLeaderboard } from '@datanets/sdk'
import type { LeaderboardRow } from '@datanets/sdk/utils'
import { getBlockNumber } from 'viem/actions'
import type { Stack } from '../stack/stack.ts'

export type Board = {
  rows: LeaderboardRow[]
  /** Whether the rows equal what events and contract counters say at the same block. */
  verified: boolean
}

const POLL_MS = 200

/** The indexer's row as the SDK counts it: amounts and blocks as bigints. */
function rowOf({ scoredAt, rewards, ...entry }: LeaderboardEntry): LeaderboardRow {
  const position = scoredAt && { blockNumber: BigInt(scoredAt.blockNumber), logIndex: scoredAt.logIndex }
  return { ...entry, scoredAt: position, rewards: BigInt(rewards) }
}

async function readPage(indexerUrl: string, after: string | undefined): Promise<Page<LeaderboardEntry>> {
  const url = new URL('/v1/leaderboard', indexerUrl)
  if (after !== undefined) url.searchParams.set('after', after)
  return (await (await fetch(url)).json()) as Page<LeaderboardEntry>
}

async function readPages(indexerUrl: string): Promise<{ rows: LeaderboardRow[]; block: number }> {
  const rows: LeaderboardRow[] = []
  let page = await readPage(indexerUrl, undefined)
  rows.push(...page.items.map(rowOf))
  while (page.next !== null) {
    page = await readPage(indexerUrl, page.next)
    rows.push(...page.items.map(rowOf))
  }
  return { rows, block: page.asOf.block }
}

/** The leaderboard as the indexer answers it, once it has reached the chain's head, checked against the chain. */
export async function readBoard({ client, indexer }: Stack, signal: AbortSignal): Promise<Board> {
  const head = Number(await getBlockNumber(client, { cacheTime: 0 }))
  while (((await indexer.status()).indexed?.block ?? 0) < head) {
    signal.throwIfAborted()
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  const { rows, block } = await readPages(indexer.url!)
  const { difference } = await verifyLeaderboard(client, { rows, blockNumber: BigInt(block) })
  return { rows, verified: difference === null }
}
