import { writeSync } from 'node:fs'
import { runCli } from './cli/program.ts'

/** The `datanet` command: one signal ends it in order, a second one at once. */
const abort = new AbortController()
let signals = 0
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    if (++signals > 1) process.exit(130)
    abort.abort()
  })
}

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  signal: abort.signal,
  // Synchronous, so that nothing is lost when a pipe is slow and the process ends.
  streams: { out: (text) => writeAll(1, text), err: (text) => writeAll(2, text) },
})

function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
    }
  }
}
