import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { MEMORY_MARK } from './messages.ts'

/**
 * Runs on a thread of its own, so that it also sees a decoder that never yields. Ends the whole process when its
 * resident memory passes the limit: native memory counts, which no heap limit of V8 does.
 */
const INTERVAL_MS = 15
const STDERR = 2

const limit = (workerData as { memoryBytes: number }).memoryBytes

setInterval(() => {
  const resident = process.memoryUsage.rss()
  if (resident <= limit) return
  writeSync(STDERR, `\n${MEMORY_MARK} ${resident}\n`)
  process.kill(process.pid, 'SIGKILL')
}, INTERVAL_MS)
