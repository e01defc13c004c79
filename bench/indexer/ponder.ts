import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SyntheticChain } from './chain.ts'

const folder = join(import.meta.dirname, '..', '..', 'docs', 'examples', 'ponder')
/** Beyond this it is given up: the figure would be smaller still. */
const MAX_SECONDS = 420

export type PonderFigures = {
  eventsPerSecond: number
  rssMb: number
  /** The first hundred of its leaderboard, to be compared. */
  board: { account: string; score: number }[]
}

/**
 * Backfills the same chain with the Ponder example, in its embedded database and with its own limit of requests lifted.
 * Installs it on first use.
 */
export async function runPonder(chain: SyntheticChain, events: number): Promise<PonderFigures | { skipped: string }> {
  if (!existsSync(join(folder, 'node_modules', 'ponder'))) {
    const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], {
      cwd: folder,
      stdio: 'ignore',
    })
    if (status !== 0) return { skipped: 'ponder could not be installed' }
  }
  const scratch = mkdtempSync(join(tmpdir(), 'datanets-ponder-'))
  const deployment = join(scratch, 'deployment.json')
  writeFileSync(deployment, JSON.stringify(chain.deployment))
  const port = await freePort()
  const started = performance.now()
  const args = [
    join(folder, 'node_modules', 'ponder', 'dist', 'esm', 'bin', 'ponder.js'),
    'start',
    '--schema',
    'bench',
    '--port',
    String(port),
    '--hostname',
    '127.0.0.1',
  ]
  const child = spawn(process.execPath, args, {
    cwd: folder,
    stdio: 'ignore',
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      DATANETS_RPC_URL: chain.url,
      DATANETS_DEPLOYMENT: deployment,
      PGLITE_DIRECTORY: join(scratch, 'pglite'),
      PONDER_RPC_FAN: '25',
      PONDER_TELEMETRY_DISABLED: 'true',
    },
  })
  try {
    const failure = await ready(child, `http://127.0.0.1:${port}`, await chain.head())
    if (failure !== undefined) return { skipped: failure }
    const ms = performance.now() - started
    const rssMb = rssOf(child.pid!)
    const answer = await fetch(`http://127.0.0.1:${port}/leaderboard?limit=100`)
    const { items } = (await answer.json()) as { items: PonderFigures['board'] }
    return {
      eventsPerSecond: Math.round((events / ms) * 1000),
      rssMb,
      board: items.map(({ account, score }) => ({ account, score })),
    }
  } finally {
    child.kill('SIGKILL')
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** It says that it is ready before the blocks near the head are in: both have to be. */
async function ready(child: ChildProcess, url: string, head: number): Promise<string | undefined> {
  const until = Date.now() + MAX_SECONDS * 1000
  while (Date.now() < until) {
    if (child.exitCode !== null) return `ponder ended with ${child.exitCode}`
    if ((await statusOf(`${url}/ready`)) === 200 && (await blockOf(`${url}/status`)) >= head) return undefined
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return `ponder was not ready after ${MAX_SECONDS} s`
}

function statusOf(url: string): Promise<number> {
  return fetch(url).then(
    ({ status }) => status,
    () => 0,
  )
}

async function blockOf(url: string): Promise<number> {
  const status = (await (await fetch(url)).json()) as Record<string, { block: { number: number } | null }>
  return Object.values(status)[0]?.block?.number ?? 0
}

function rssOf(pid: number): number {
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(peak ?? 0) / 1024)
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
