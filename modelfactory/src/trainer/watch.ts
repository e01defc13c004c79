import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { TaskExit, TaskLimits } from './task.ts'

const LOOK_MS = 500

/** Watches a process against its limits; calls `stop` once when one is passed. Returns a function that ends the watch. */
export function watchLimits(
  pid: () => number | undefined,
  { timeMs, memoryBytes }: TaskLimits,
  stop: (why: NonNullable<TaskExit['stopped']>) => void,
): () => void {
  const started = Date.now()
  const timer = setInterval(async () => {
    const spent = Date.now() - started
    if (timeMs !== undefined && spent > timeMs) return end({ by: 'time', limit: timeMs, used: spent })
    const id = pid()
    if (memoryBytes === undefined || id === undefined) return
    const used = await residentBytes(id)
    if (used > memoryBytes) end({ by: 'memory', limit: memoryBytes, used })
  }, LOOK_MS)
  timer.unref()
  let over = false
  const end = (why: NonNullable<TaskExit['stopped']>) => {
    clearInterval(timer)
    if (!over) stop(why)
    over = true
  }
  return () => {
    over = true
    clearInterval(timer)
  }
}

/** Resident memory of a process; zero when it is gone or cannot be seen. */
async function residentBytes(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    try {
      const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
      return pages * 4096
    } catch {
      return 0
    }
  }
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, out) => resolve(error ? 0 : Number(out.trim()) * 1024))
  })
}
