import { type ChildProcess, fork } from 'node:child_process'
import { extname, join } from 'node:path'
import { TextExtractionError } from '../errors/dataset.ts'
import type { DatasetEntry } from '../formats/dataset.ts'

const TIMEOUT_MS = 60_000

export interface TextReader {
  /** @throws TextExtractionError */
  read(entry: DatasetEntry, bytes: Uint8Array): Promise<string>
  close(): void
}

/** What the child is asked and answers. */
export interface ExtractJob {
  bytes: Uint8Array
  format: string
}
export type ExtractReply = { text: string } | { problem: string }

/**
 * Turns contributions into text. md and txt are decoded here; pdf and docx are parsed by the validators' own decoder, in a
 * process of its own with a time limit, because accepted files are still other people's files.
 */
export function createTextReader({ timeoutMs = TIMEOUT_MS }: { timeoutMs?: number } = {}): TextReader {
  let child: ChildProcess | undefined
  const launch = () => {
    const extension = extname(import.meta.filename)
    const made = fork(join(import.meta.dirname, `text-child${extension}`), {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: ['--max-old-space-size=512', ...process.execArgv],
      env: { PATH: process.env.PATH, NODE_OPTIONS: process.env.NODE_OPTIONS },
    })
    made.once('exit', () => {
      if (child === made) child = undefined
    })
    return made
  }
  return {
    async read(entry, bytes) {
      if (entry.format === 'md' || entry.format === 'txt') return decodeText(bytes)
      child ??= launch()
      const worker = child
      const reply = await ask(worker, { bytes, format: entry.format }, timeoutMs)
      if ('text' in reply) return reply.text
      throw new TextExtractionError(`contribution ${entry.contribution} (${entry.format})`, reply.problem)
    },
    close() {
      child?.kill('SIGKILL')
    },
  }
}

/** UTF-8, or UTF-16 behind its byte order mark, as the validators read it. */
function decodeText(bytes: Uint8Array): string {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(mark).decode(bytes)
}

function ask(child: ChildProcess, job: ExtractJob, timeoutMs: number): Promise<ExtractReply> {
  return new Promise((resolve) => {
    const finish = (reply: ExtractReply) => {
      clearTimeout(timer)
      child.off('message', onMessage)
      child.off('exit', onExit)
      resolve(reply)
    }
    const onMessage = (reply: unknown) => finish(reply as ExtractReply)
    const onExit = () => finish({ problem: 'its reader crashed or used too much memory' })
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      finish({ problem: `its reader took longer than ${timeoutMs / 1000} s` })
    }, timeoutMs)
    child.once('message', onMessage)
    child.once('exit', onExit)
    child.send(job)
  })
}
