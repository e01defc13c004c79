// Measures the indexer on synthetic chains: backfill against a bare getLogs loop and Ponder, queries, memory, recovery.
//   npm run bench:indexer -- --json FILE [--sizes 10000,100000,1000000] [--ponder 10000,100000] [--no-postgresql]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { StoreOptions } from '../indexer/src/index.ts'
import { findPostgresql, type Server, startPostgresql } from '../indexer/src/store/postgresql.server.ts'
import { makeChain, type SyntheticChain } from './indexer/chain.ts'
import { bareLoop, type Latency, startMeasured } from './indexer/measure.ts'
import { runPonder } from './indexer/ponder.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    sizes: { type: 'string', default: '10000,100000,1000000' },
    ponder: { type: 'string', default: '10000' },
    'no-postgresql': { type: 'boolean', default: false },
  },
})
const numbers = (list: string) => list.split(',').filter(Boolean).map(Number)
const ponderSizes = numbers(values.ponder)

type Board = { account: string; score: number }[]

type StoreFigures = {
  eventsPerSecond: number
  ratioToBareLoop: number
  leaderboardP50Ms: number
  httpP50Ms: number
  rssMb: number
  cpuSeconds: number
  databaseMb: number
  reorg64Ms: number
  queries: Record<string, Latency>
}

type SizeFigures = StoreFigures & {
  contributions: number
  events: number
  bareLoopEventsPerSecond: number
  /** Null where Ponder was not asked for at this size, with the reason. */
  ratioToPonder: number | null
  /** `sameBoard`: whether its first hundred are ours. */
  ponder: { eventsPerSecond: number; rssMb: number; sameBoard: boolean } | { skipped: string }
  postgresql: StoreFigures | { skipped: string }
}

const round = (value: number, digits = 2) => Number(value.toFixed(digits))

async function measureStore(
  chain: SyntheticChain,
  store: StoreOptions,
  bare: { events: number; ms: number },
): Promise<StoreFigures & { board: Board }> {
  const measured = await startMeasured(chain.url, chain.deployment, store)
  // Held while the chain changes, so that all of the recovery is measured at once.
  measured.pause()
  const hash = await chain.reorg(64)
  measured.resume()
  const { ms } = await measured.waitFor(hash)
  await measured.stop()
  const { backfillMs, cpuMs, rssMb, databaseMb, leaderboard, queries, board } = measured
  return {
    eventsPerSecond: Math.round((bare.events / backfillMs) * 1000),
    ratioToBareLoop: round(bare.ms / backfillMs),
    leaderboardP50Ms: leaderboard.p50Ms,
    httpP50Ms: queries.leaderboard!.p50Ms,
    rssMb: Math.round(rssMb),
    cpuSeconds: round(cpuMs / 1000),
    databaseMb: Math.round(databaseMb),
    reorg64Ms: Math.round(ms),
    queries: { ...queries, leaderboardInDatabase: leaderboard },
    board,
  }
}

async function measureSize(size: number, folder: string, postgresql: Server | string): Promise<SizeFigures> {
  const chain = await makeChain(size)
  try {
    const bare = await bareLoop(chain.url, chain.deployment, await chain.head())
    const ponder = ponderSizes.includes(size)
      ? await runPonder(chain, bare.events)
      : { skipped: 'not asked for at this size: see --ponder' }
    const { board, ...sqlite } = await measureStore(
      chain,
      { kind: 'sqlite', file: join(folder, `${size}.sqlite`) },
      bare,
    )
    return {
      contributions: chain.contributions,
      events: bare.events,
      bareLoopEventsPerSecond: Math.round((bare.events / bare.ms) * 1000),
      ...sqlite,
      ponder:
        'skipped' in ponder
          ? ponder
          : { eventsPerSecond: ponder.eventsPerSecond, rssMb: ponder.rssMb, sameBoard: isSame(ponder.board, board) },
      ratioToPonder: 'eventsPerSecond' in ponder ? round(sqlite.eventsPerSecond / ponder.eventsPerSecond) : null,
      postgresql:
        typeof postgresql === 'string'
          ? { skipped: postgresql }
          : withoutBoard(
              await measureStore(chain, { kind: 'postgresql', url: postgresql.url, schema: `size_${size}` }, bare),
            ),
    }
  } finally {
    await chain.close()
  }
}

function withoutBoard({ board: _, ...figures }: StoreFigures & { board: Board }): StoreFigures {
  return figures
}

function isSame(one: Board, other: Board): boolean {
  const text = (board: Board) => board.map(({ account, score }) => `${account.toLowerCase()} ${score}`).join()
  return text(one) === text(other)
}

async function postgresqlOr(reason: string): Promise<Server | string> {
  const bin = findPostgresql()
  if (values['no-postgresql'] || bin === undefined)
    return bin === undefined ? reason : 'switched off with --no-postgresql'
  return startPostgresql(bin)
}

const folder = mkdtempSync(join(tmpdir(), 'datanets-bench-'))
const postgresql = await postgresqlOr('no PostgreSQL server is installed')
const sizes: Record<string, SizeFigures> = {}
try {
  for (const size of numbers(values.sizes)) {
    const figures = await measureSize(size, folder, postgresql)
    sizes[size] = figures
    const { queries: _, postgresql: other, ...shown } = figures
    console.log(JSON.stringify(shown))
    if (!('skipped' in other)) console.log(JSON.stringify({ postgresql: { ...other, queries: undefined } }))
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ sizes }, null, 2)}\n`)
  }
} finally {
  if (typeof postgresql !== 'string') await postgresql.stop()
  rmSync(folder, { recursive: true, force: true })
}
