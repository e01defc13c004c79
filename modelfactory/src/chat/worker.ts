import { type ChildProcess, spawn } from 'node:child_process'
import type { PythonEnvironment } from '../environment/python.ts'
import {
  TrainerCrashedError,
  type TrainerFailure,
  TrainerRefusedError,
  TrainerTimeoutError,
} from '../errors/trainer.ts'
import { trainerEnvironment } from '../trainer/environment.ts'
import { lineSplitter, objectOf } from '../trainer/lines.ts'

const OUTPUT_KEPT = 4_000

interface Pending {
  method: string
  onMessage: ((message: Record<string, unknown>) => void) | undefined
  resolve: (value: Record<string, unknown>) => void
  reject: (error: Error) => void
  timer: NodeJS.Timeout
}

export interface ChatWorkerOptions {
  environment: PythonEnvironment
  threads?: number
  /** Milliseconds without a request after which the process ends. */
  idleMs?: number
  /** Milliseconds one request may take. */
  timeoutMs?: number
}

/** The trainer's chat process: started when first asked, kept warm, ended when idle. Requests are answered in order. */
export class ChatWorker {
  readonly #options: Required<ChatWorkerOptions>
  readonly #pending = new Map<number, Pending>()
  #child: ChildProcess | undefined
  #idle: NodeJS.Timeout | undefined
  #count = 0
  #output = ''
  /** What is loaded, by the caller's own key; empty once the process is gone. */
  loaded: string | undefined

  constructor({ environment, idleMs = 300_000, threads = 2, timeoutMs = 300_000 }: ChatWorkerOptions) {
    this.#options = { environment, idleMs, threads, timeoutMs }
  }

  /** @throws TrainerRefusedError, TrainerCrashedError, TrainerTimeoutError */
  request(
    method: 'load' | 'generate' | 'explain',
    parameters: object,
    onMessage?: (message: Record<string, unknown>) => void,
  ): Promise<Record<string, unknown>> {
    clearTimeout(this.#idle)
    this.#child ??= this.#launch()
    const id = ++this.#count
    const { timeoutMs } = this.#options
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.#end(new TrainerTimeoutError({ command: method, limitMs: timeoutMs })),
        timeoutMs,
      )
      this.#pending.set(id, { method, onMessage, resolve, reject, timer })
      this.#child!.stdin!.write(`${JSON.stringify({ id, method, ...parameters })}\n`)
    })
  }

  /** Ends the process; requests under way fail. */
  async close(): Promise<void> {
    clearTimeout(this.#idle)
    const child = this.#child
    if (child === undefined) return
    const gone = new Promise((resolve) => child.once('close', resolve))
    killGroup(child)
    await gone
  }

  #launch(): ChildProcess {
    const { environment, threads } = this.#options
    this.#output = ''
    const child = spawn(environment.python, ['-m', 'datanets_trainer', 'chat', '--threads', String(threads)], {
      cwd: environment.trainerDir,
      env: trainerEnvironment(),
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    const lines = lineSplitter((line) => this.#heard(line))
    child.stdout.on('data', (chunk: Buffer) => lines.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => {
      this.#output = (this.#output + chunk.toString()).slice(-OUTPUT_KEPT)
    })
    child.stdin.on('error', () => undefined)
    child.on('error', (error) => {
      this.#output += error.message
    })
    child.on('close', (code, signal) => {
      killGroup(child)
      if (this.#child !== child) return
      this.#child = undefined
      this.loaded = undefined
      const exit = signal ? `signal ${signal}` : `exit code ${code}`
      this.#rejectAll(new TrainerCrashedError({ command: 'chat', exit, attempts: 1, output: this.#output }))
    })
    return child
  }

  #heard(line: string): void {
    const message = objectOf(line)
    const pending = this.#pending.get(Number(message?.id))
    if (message === undefined || pending === undefined) return
    if (message.type !== 'result' && message.type !== 'error') {
      pending.onMessage?.(message)
      return
    }
    clearTimeout(pending.timer)
    this.#pending.delete(Number(message.id))
    if (message.type === 'error') pending.reject(new TrainerRefusedError(message as unknown as TrainerFailure))
    else pending.resolve(message)
    if (this.#pending.size === 0) this.#rest()
  }

  #rest(): void {
    this.#idle = setTimeout(() => this.#child?.stdin?.end(), this.#options.idleMs)
    this.#idle.unref()
  }

  /** A request that takes too long holds up all behind it: the process starts anew. */
  #end(error: Error): void {
    this.#rejectAll(error)
    if (this.#child) killGroup(this.#child)
  }

  #rejectAll(error: Error): void {
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer)
      reject(error)
    }
    this.#pending.clear()
  }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The whole group is gone already.
  }
}
