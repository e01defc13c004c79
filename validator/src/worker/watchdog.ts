import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { processorSeconds } from './clock.ts'
import { CPU_MARK, MEMORY_MARK, type WatchdogData } from './messages.ts'

/**
 * Runs on a thread of its own, so that it also sees a decoder that never yields. Ends the whole process when its
 * resident memory or its processor time passes the limit: native memory counts, which no heap limit of V8 does.
 */
const INTERVAL_MS = 15
const STDERR = 2

const { memoryBytes, cpuSeconds, started } = workerData as WatchdogData

function end(mark: string): void {
  writeSync(STDERR, `\n${mark}\n`)
  process.kill(process.pid, 'SIGKILL')
}

setInterval(() => {
  if (process.memoryUsage.rss() > memoryBytes) end(MEMORY_MARK)
  const since = started[0]!
  if (since >= 0 && processorSeconds() - since > cpuSeconds) end(CPU_MARK)
}, INTERVAL_MS)
