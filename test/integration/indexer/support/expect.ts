import { leaderboardOf } from '@datanets/sdk/utils'
import { expect } from 'chai'
import type { LeaderboardEntry, Page, Status } from '../../../../indexer/src/api/types.ts'
import type { Indexer } from '../../../../indexer/src/index.ts'
import type { World } from './world.ts'

export async function ask<T>(indexer: Indexer, path: string): Promise<T> {
  const response = await fetch(indexer.url + path)
  const body = await response.json()
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(body)}`)
  return body as T
}

/** The whole board, page by page. */
export async function boardOf(indexer: Indexer, datanetId?: number, limit = 2): Promise<LeaderboardEntry[]> {
  const entries: LeaderboardEntry[] = []
  let after = ''
  do {
    const query = `limit=${limit}${datanetId === undefined ? '' : `&datanet=${datanetId}`}${after}`
    const page = await ask<Page<LeaderboardEntry>>(indexer, `/v1/leaderboard?${query}`)
    entries.push(...page.items)
    after = page.next === null ? '' : `&after=${page.next}`
  } while (after !== '')
  return entries
}

/** Waits until the indexer stands on the chain's present head. */
export async function atHead(indexer: Indexer, world: World, timeoutMs = 20_000): Promise<void> {
  const until = Date.now() + timeoutMs
  for (;;) {
    const { hash } = await world.client.getBlock({ blockTag: 'latest' })
    const status: Status = await indexer.status()
    if (status.indexed?.hash === hash) return
    if (status.state === 'stopped') throw new Error(`the indexer stopped: ${status.error}`)
    if (Date.now() > until)
      throw new Error(`the indexer is at ${status.indexed?.block} after ${timeoutMs} ms: ${status.error}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** The board from the indexer, from the pure function, and from contract views: all three must agree. */
export async function expectAgreement(indexer: Indexer, world: World): Promise<void> {
  await atHead(indexer, world)
  const events = await world.events()
  const datanetCount = Number(await world.view<bigint>('datanetCount'))
  for (const datanetId of [undefined, ...Array.from({ length: datanetCount }, (_, i) => i + 1)]) {
    const scope = datanetId === undefined ? {} : { datanetId: BigInt(datanetId) }
    const pure = leaderboardOf(events as Parameters<typeof leaderboardOf>[0], scope)
    const indexed = await boardOf(indexer, datanetId)
    expect(
      indexed.map(({ scoredAt, rewards, ...entry }) => ({
        ...entry,
        rewards: BigInt(rewards),
        scoredAt: scoredAt && { blockNumber: BigInt(scoredAt.blockNumber), logIndex: scoredAt.logIndex },
      })),
      `board of ${datanetId ?? 'all'}`,
    ).to.deep.equal(pure)
    if (datanetId === undefined) continue
    for (const { account, score, rewards } of indexed) {
      const held = await world.view<{ score: number; balance: bigint }>('accountOf', [BigInt(datanetId), account])
      const claimed = await claimedOf(indexer, account, datanetId)
      expect(held.score, `score of ${account}`).to.equal(score)
      expect(held.balance, `balance of ${account}`).to.equal(BigInt(rewards) - claimed)
    }
    const { budget } = await world.view<{ budget: bigint }>('bookOf', [BigInt(datanetId)])
    expect((await ask<{ budget: string }>(indexer, `/v1/datanets/${datanetId}`)).budget).to.equal(budget.toString())
  }
}

async function claimedOf(indexer: Indexer, account: string, datanetId: number): Promise<bigint> {
  const { datanets } = await ask<{ datanets: { datanetId: number; claimed: string }[] }>(
    indexer,
    `/v1/contributors/${account}`,
  )
  return BigInt(datanets.find((member) => member.datanetId === datanetId)?.claimed ?? 0)
}
