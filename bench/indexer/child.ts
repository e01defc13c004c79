// One measured indexer: see measure.ts, which talks to it.

import type { Deployment } from '@datanets/sdk'
import { createIndexer, type Indexer, type StoreOptions } from '../../indexer/src/index.ts'
import { getLeaderboard } from '../../indexer/src/queries/leaderboard.ts'
import { openStore } from '../../indexer/src/store/open.ts'
import { latencyOf } from './measure.ts'

type Message =
  | { kind: 'start'; url: string; deployment: Deployment; store: StoreOptions }
  | { kind: 'wait'; hash: string }
  | { kind: 'stop' }

/** Queries over HTTP, one after another on a connection that is kept. */
const RUNS = 300

let indexer: Indexer

async function start({ url, deployment, store }: Extract<Message, { kind: 'start' }>): Promise<object> {
  const cpuBefore = process.cpuUsage()
  const started = performance.now()
  indexer = createIndexer({
    deployment,
    rpc: url,
    store,
    pollMs: 20,
    rate: false,
    onError: (error) => console.error(String(error)),
  })
  await indexer.ready()
  const backfillMs = performance.now() - started
  const { user, system } = process.cpuUsage(cpuBefore)
  const rssMb = process.resourceUsage().maxRSS / 1024
  const { bytes } = (await indexer.status()).store
  const { items: board } = (await (await fetch(`${indexer.url}/v1/leaderboard?limit=100`)).json()) as {
    items: { account: string; score: number }[]
  }
  const queries = await measureQueries(indexer.url!)
  const leaderboard = await measureDatabase(deployment, store)
  const peakMb = process.resourceUsage().maxRSS / 1024
  return {
    url: indexer.url,
    backfillMs,
    cpuMs: (user + system) / 1000,
    rssMb: Math.max(rssMb, peakMb),
    databaseMb: bytes / 2 ** 20,
    leaderboard,
    queries,
    board,
  }
}

async function measureQueries(url: string): Promise<Record<string, object>> {
  const board = (await (await fetch(`${url}/v1/leaderboard?limit=100`)).json()) as {
    items: { account: string }[]
    next: string
  }
  const account = board.items[0]!.account
  const paths: Record<string, [string, number]> = {
    leaderboard: ['/v1/leaderboard?limit=100', RUNS],
    leaderboardOfDatanet: ['/v1/leaderboard?datanet=7&limit=100', RUNS],
    leaderboardSecondPage: [`/v1/leaderboard?limit=100&after=${board.next}`, RUNS],
    leaderboardWeek: ['/v1/leaderboard?window=week&limit=100', 20],
    contributor: [`/v1/contributors/${account}`, RUNS],
    contributions: [`/v1/contributors/${account}/contributions?limit=50`, RUNS],
    lot: ['/v1/lots/7-1', RUNS],
    datanet: ['/v1/datanets/7', RUNS],
    search: [`/v1/search?q=${account}`, RUNS],
  }
  const measured: Record<string, object> = {}
  for (const [name, [path, runs]] of Object.entries(paths))
    measured[name] = latencyOf(await timed(runs, () => get(url + path)))
  const query = '{ leaderboard(limit: 100) { items { rank account score rewards } next } }'
  measured.graphql = latencyOf(await timed(RUNS, () => get(`${url}/graphql?query=${encodeURIComponent(query)}`)))
  return measured
}

async function get(url: string): Promise<void> {
  const response = await fetch(url)
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
}

async function timed(runs: number, work: () => Promise<unknown>): Promise<number[]> {
  for (let i = 0; i < Math.min(20, runs); i++) await work()
  const samples: number[] = []
  for (let i = 0; i < runs; i++) {
    const started = performance.now()
    await work()
    samples.push(performance.now() - started)
  }
  return samples
}

/** The same page without HTTP: indexer off, database open. */
async function measureDatabase(deployment: Deployment, options: StoreOptions): Promise<object> {
  await indexer.stop()
  const { Datanets } = deployment.contracts
  const identity = { chainId: deployment.chainId, datanets: Datanets.address, startBlock: Datanets.block }
  const store = await openStore(options, identity)
  const samples = await timed(RUNS, () => getLeaderboard(store, { limit: 100 }))
  await store.close()
  await indexer.start()
  await indexer.ready()
  return latencyOf(samples)
}

async function wait(hash: string): Promise<object> {
  const started = performance.now()
  while ((await indexer.status()).indexed?.hash !== hash) await new Promise((resolve) => setTimeout(resolve, 2))
  return { ms: performance.now() - started }
}

process.on('message', async (message: Message) => {
  try {
    if (message.kind === 'start') process.send!(await start(message))
    if (message.kind === 'wait') process.send!(await wait(message.hash))
    if (message.kind === 'stop') {
      await indexer.stop()
      process.send!({})
    }
  } catch (error) {
    process.send!({ error: String(error) })
  }
})
// What is sent before this would be lost.
process.send!({ kind: 'listening' })
