import './lockdown.ts'
import { Worker } from 'node:worker_threads'
import sharp from 'sharp'
import { inspect } from '../checks/index.ts'
import { processorSeconds } from './clock.ts'
import type { Job, Reply, WatchdogData } from './messages.ts'
import { siblingModule } from './paths.ts'

/** One process of the pool: checks what its parent sends, one file at a time, and says what it found. */
function reply(message: Reply): void {
  process.send?.(message)
}

// One thread and no cache: alike on every machine, and one file leaves nothing behind for the next.
sharp.concurrency(1)
sharp.cache(false)

const [memoryBytes = 0, cpuSeconds = 0] = process.argv.slice(2).map(Number)
const started = new Float64Array(new SharedArrayBuffer(8)).fill(-1)
const workerData: WatchdogData = { memoryBytes, cpuSeconds, started }
new Worker(siblingModule('watchdog', import.meta.url), { workerData }).unref()

process.on('disconnect', () => process.exit(0))
process.on('message', async ({ input, rules, limits }: Job) => {
  started[0] = processorSeconds()
  try {
    const inspection = await inspect(input, rules, limits)
    reply({ kind: 'inspected', inspection, rssBytes: process.memoryUsage.rss() })
  } catch (error) {
    reply({ kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  } finally {
    started[0] = -1
  }
})
reply({ kind: 'ready' })
