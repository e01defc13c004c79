import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Inspection } from '../checks/index.ts'
import { WorkerStartError } from './errors.ts'
import type { WorkerLimits } from './limits.ts'
import { CPU_MARK, type Job, MEMORY_MARK, type Reply } from './messages.ts'
import { readableFolders, siblingModule } from './paths.ts'

const START_SECONDS = 30
const KEPT_STDERR = 8_192
const HEAP_SHARE = 0.5
const WORN_SHARE = 0.7

export type Outcome =
  | { kind: 'inspected'; inspection: Inspection }
  /** A limit of processor time or memory ended it. */
  | { kind: 'time'; limit: number }
  | { kind: 'memory'; limit: number }
  /** A decoder ended it. */
  | { kind: 'crashed'; how: string }
  /** A fault of this node: someone else ended it, or our own code failed. */
  | { kind: 'lost'; how: string }

/** One child process with limits. It is ended by whatever goes wrong, and never reused after that. */
export class CheckProcess {
  readonly #child: ChildProcess
  readonly #limits: WorkerLimits
  readonly #ready: Promise<void>
  #stderr = ''
  #rssBytes = 0
  #settle?: (outcome: Outcome) => void

  constructor(limits: WorkerLimits) {
    this.#limits = limits
    this.#child = start(limits)
    this.#child.stderr?.on('data', (part: Buffer) => {
      this.#stderr = (this.#stderr + part.toString('latin1')).slice(-KEPT_STDERR)
    })
    this.#ready = this.#whenReady()
    // A start that fails is reported to the check that waits for it.
    this.#ready.catch(() => undefined)
    this.#child.on('message', (message: Reply) => this.#receive(message))
    this.#child.on('close', (code, signal) => this.#settle?.(this.#endedBy(code, signal)))
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && this.#child.connected
  }

  /** Decoders keep some of what they allocate; a process that has grown this far makes room for a fresh one. */
  get worn(): boolean {
    return this.#rssBytes > this.#limits.memoryBytes * WORN_SHARE
  }

  /** @throws WorkerStartError */
  async run(job: Job): Promise<Outcome> {
    hold(this.#child)
    await this.#ready
    const { wallSeconds } = this.#limits
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        const how = `it did not end within ${wallSeconds} s, though it used less processor time than it may`
        this.#settle?.({ kind: 'lost', how })
        this.end()
      }, wallSeconds * 1_000)
      this.#settle = (outcome) => {
        clearTimeout(timer)
        this.#settle = undefined
        release(this.#child)
        resolve(outcome)
      }
      this.#child.send(job, (error) => {
        // A child that died meanwhile reports by `close`.
        if (error && this.alive) this.#settle?.({ kind: 'lost', how: error.message })
      })
    })
  }

  end(): void {
    this.#child.kill('SIGKILL')
  }

  #whenReady(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new WorkerStartError(`not ready after ${START_SECONDS} s`)),
        START_SECONDS * 1_000,
      )
      timer.unref()
      this.#child.once('message', () => {
        clearTimeout(timer)
        release(this.#child)
        resolve()
      })
      this.#child.once('error', (error) => reject(new WorkerStartError(error.message)))
      this.#child.once('close', () => reject(new WorkerStartError(this.#stderr.trim().slice(-600) || 'it ended')))
    })
  }

  #receive(message: Reply): void {
    if (message.kind === 'inspected') {
      this.#rssBytes = message.rssBytes
      this.#settle?.({ kind: 'inspected', inspection: message.inspection })
    } else if (message.kind === 'broken') {
      this.#settle?.({ kind: 'lost', how: message.message })
    }
  }

  #endedBy(code: number | null, signal: NodeJS.Signals | null): Outcome {
    const { memoryBytes, cpuSeconds } = this.#limits
    if (this.#stderr.includes(CPU_MARK)) return { kind: 'time', limit: cpuSeconds }
    if (this.#stderr.includes(MEMORY_MARK) || /heap out of memory|Array buffer allocation failed/.test(this.#stderr)) {
      return { kind: 'memory', limit: memoryBytes }
    }
    const outside: (NodeJS.Signals | null)[] = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP']
    if (outside.includes(signal)) return { kind: 'lost', how: `it was ended from outside by ${signal}` }
    return { kind: 'crashed', how: signal ?? `exit code ${code}` }
  }
}

function start({ memoryBytes, cpuSeconds }: WorkerLimits): ChildProcess {
  const heapMb = Math.floor((memoryBytes * HEAP_SHARE) / 2 ** 20)
  return fork(fileURLToPath(siblingModule('child', import.meta.url)), [String(memoryBytes), String(cpuSeconds)], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Nothing of ours is inherited: no keys, no endpoints, no options.
    env: { TZ: 'UTC', LANG: 'C.UTF-8' },
    execArgv: [
      '--conditions=@datanets/source',
      '--permission',
      ...readableFolders().map((folder) => `--allow-fs-read=${folder}`),
      '--allow-addons',
      '--allow-worker',
      `--max-old-space-size=${heapMb}`,
      '--no-warnings',
    ],
  })
}

/** An idle worker does not keep its parent running. */
function release(child: ChildProcess): void {
  child.unref()
  child.channel?.unref()
  ;(child.stderr as { unref?: () => void } | null)?.unref?.()
}

function hold(child: ChildProcess): void {
  child.ref()
  child.channel?.ref()
}
