import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { Deployment } from '@datanets/sdk'
import { http } from 'viem'
import type { StoreOptions } from '../../indexer/src/index.ts'

/** Blocks of one request of the bare loop: about as many logs as the indexer aims at. */
const BARE_RANGE = 100

type Request = (request: { method: string; params: unknown[] }) => Promise<unknown>

/** Reads every log in a plain loop and does nothing with it: what no indexer can be faster than. */
export async function bareLoop(
  url: string,
  deployment: Deployment,
  head: number,
): Promise<{ events: number; ms: number }> {
  const { request } = http(url, { timeout: 120_000, retryCount: 0, maxResponseBodySize: 2 ** 29 })({}) as unknown as {
    request: Request
  }
  const started = performance.now()
  let events = 0
  for (let from = 0; from <= head; from += BARE_RANGE) {
    const range = { fromBlock: toHex(from), toBlock: toHex(Math.min(head, from + BARE_RANGE - 1)) }
    const logs = (await request({
      method: 'eth_getLogs',
      params: [{ address: deployment.contracts.Datanets.address, ...range }],
    })) as unknown[]
    events += logs.length
  }
  return { events, ms: performance.now() - started }
}

function toHex(number: number): string {
  return `0x${number.toString(16)}`
}

export type Latency = { p50Ms: number; p99Ms: number }

export type Measured = {
  backfillMs: number
  cpuMs: number
  rssMb: number
  databaseMb: number
  leaderboard: Latency
  queries: Record<string, Latency>
  /** The first hundred of the leaderboard. */
  board: { account: string; score: number }[]
}

/** An indexer in a process of its own, so that its memory and processor time are its own. */
export async function startMeasured(url: string, deployment: Deployment, store: StoreOptions) {
  const child = fork(join(import.meta.dirname, 'child.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  await new Promise<void>((resolve) => child.once('message', () => resolve()))
  const first = await ask<Measured & { url: string }>(child, { kind: 'start', url, deployment, store })
  return {
    ...first,
    pause: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
    /** Milliseconds until it stands on this block. */
    waitFor: (hash: string) => ask<{ ms: number }>(child, { kind: 'wait', hash }),
    async stop() {
      await ask(child, { kind: 'stop' })
      child.disconnect()
    },
  }
}

function ask<T>(child: ChildProcess, message: object): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`the measured process ended with ${code}`))
    child.once('exit', onExit)
    child.once('message', (answer) => {
      child.removeListener('exit', onExit)
      const { error, ...rest } = answer as { error?: string }
      if (error === undefined) resolve(rest as T)
      else reject(new Error(error))
    })
    child.send(message)
  })
}

export function latencyOf(samples: number[]): Latency {
  const sorted = [...samples].sort((a, b) => a - b)
  const at = (part: number) => Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!.toFixed(3))
  return { p50Ms: at(0.5), p99Ms: at(0.99) }
}
