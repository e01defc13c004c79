import './lockdown.ts'
import { Worker } from 'node:worker_threads'
import sharp from 'sharp'
import { inspect } from '../checks/index.ts'
import type { Job, Reply } from './messages.ts'
import { siblingModule } from './paths.ts'

/** One process of the pool: checks what its parent sends, one file at a time, and says what it found. */
function reply(message: Reply): void {
  process.send?.(message)
}

// One thread and no cache: alike on every machine, and one file leaves nothing behind for the next.
sharp.concurrency(1)
sharp.cache(false)

const memoryBytes = Number(process.argv[2])
new Worker(siblingModule('watchdog', import.meta.url), { workerData: { memoryBytes } }).unref()

process.on('disconnect', () => process.exit(0))
process.on('message', async ({ input, rules, limits }: Job) => {
  try {
    const inspection = await inspect(input, rules, limits)
    reply({ kind: 'inspected', inspection, rssBytes: process.memoryUsage.rss() })
  } catch (error) {
    reply({ kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
reply({ kind: 'ready' })
