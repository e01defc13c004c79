import { type ChildProcess, spawn } from 'node:child_process'
import type { PythonEnvironment } from '../environment/python.ts'
import { trainerEnvironment } from './environment.ts'
import { lineSplitter, objectOf } from './lines.ts'
import type { Task, TaskExit, TaskOptions, TrainerEvent, TrainerHost } from './task.ts'
import { watchLimits } from './watch.ts'

const OUTPUT_KEPT = 8_000
const IDLE_MS = 120_000

interface Job {
  id: string
  args: readonly string[]
  options: TaskOptions
  pid?: number
  last?: TrainerEvent
  output: string
  stopped?: TaskExit['stopped']
  killed?: boolean
  unwatch: () => void
  finish: (exit: TaskExit) => void
}

/**
 * One process that has torch loaded and forks for each command: starting a command takes a moment instead of the seconds the
 * import takes. One command at a time, in the order they were asked for. Ends by itself when idle.
 */
export class WarmHost implements TrainerHost {
  readonly #environment: PythonEnvironment
  readonly #idleMs: number
  readonly #queue: Job[] = []
  #server: ChildProcess | undefined
  #running: Job | undefined
  #idle: NodeJS.Timeout | undefined
  #count = 0

  constructor(environment: PythonEnvironment, { idleMs = IDLE_MS }: { idleMs?: number } = {}) {
    this.#environment = environment
    this.#idleMs = idleMs
  }

  start(args: readonly string[], options: TaskOptions = {}): Task {
    const id = String(++this.#count)
    let finish: (exit: TaskExit) => void = () => {}
    const done = new Promise<TaskExit>((resolve) => {
      finish = resolve
    })
    const job: Job = { id, args, options, output: '', unwatch: () => {}, finish }
    const kill = () => this.#kill(job)
    options.signal?.addEventListener('abort', kill, { once: true })
    void done.then(() => options.signal?.removeEventListener('abort', kill))
    this.#queue.push(job)
    this.#next()
    return {
      done,
      get pid() {
        return job.pid
      },
      pause: () => this.#send({ id, command: 'pause' }),
      cancel: () => this.#send({ id, command: 'cancel' }),
      kill,
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle)
    for (const job of this.#queue.splice(0)) job.finish(exitOf(job, null, 'SIGKILL'))
    const server = this.#server
    if (server === undefined) return
    const gone = new Promise((resolve) => server.once('close', resolve))
    killGroup(server)
    await gone
  }

  #next(): void {
    if (this.#running !== undefined) return
    const job = this.#queue.shift()
    if (job === undefined) {
      this.#rest()
      return
    }
    clearTimeout(this.#idle)
    this.#running = job
    job.unwatch = watchLimits(
      () => job.pid,
      job.options.limits ?? {},
      (why) => {
        job.stopped = why
        this.#kill(job)
      },
    )
    this.#server ??= this.#launch()
    this.#send({ id: job.id, arguments: job.args })
  }

  /** Nothing to do: the process may stay a while, but never keeps ours alive. */
  #rest(): void {
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => this.#server?.stdin?.end(), this.#idleMs)
    this.#idle.unref()
  }

  #launch(): ChildProcess {
    const { python, trainerDir } = this.#environment
    const server = spawn(python, ['-m', 'datanets_trainer', 'serve'], {
      cwd: trainerDir,
      env: trainerEnvironment(),
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    const lines = lineSplitter((line) => this.#heard(line))
    server.stdout.on('data', (chunk: Buffer) => lines.push(chunk))
    server.stderr.on('data', (chunk: Buffer) => {
      if (this.#running) this.#running.output = (this.#running.output + chunk.toString()).slice(-OUTPUT_KEPT)
    })
    server.stdin.on('error', () => undefined)
    server.on('error', (error) => {
      if (this.#running) this.#running.output += error.message
    })
    server.on('close', (code, signal) => {
      lines.end()
      killGroup(server)
      if (this.#server === server) this.#server = undefined
      if (this.#running) this.#end(this.#running, code, signal)
    })
    return server
  }

  #heard(line: string): void {
    const event = objectOf(line)
    const job = this.#running
    if (typeof event?.type !== 'string' || job === undefined) return
    if (event.type === 'ready') return
    if (event.type === 'forked' && event.id === job.id) {
      job.pid = Number(event.pid)
      if (job.killed) this.#kill(job)
      return
    }
    if (event.type === 'exit' && event.id === job.id) {
      this.#end(job, event.code as number | null, event.signal as string | null)
      return
    }
    job.last = event as TrainerEvent
    job.options.onEvent?.(job.last)
  }

  #end(job: Job, code: number | null, signal: string | null): void {
    job.unwatch()
    this.#running = undefined
    job.finish(exitOf(job, code, signal))
    this.#next()
  }

  #kill(job: Job): void {
    job.killed = true
    const waiting = this.#queue.indexOf(job)
    if (waiting >= 0) {
      this.#queue.splice(waiting, 1)
      job.finish(exitOf(job, null, 'SIGKILL'))
    } else if (this.#running === job) this.#send({ id: job.id, kill: true })
  }

  #send(message: object): void {
    this.#server?.stdin?.write(`${JSON.stringify(message)}\n`)
  }
}

function exitOf({ last, output, stopped }: Job, code: number | null, signal: string | null): TaskExit {
  return { code, signal, last, output, stopped }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The whole group is gone already.
  }
}
