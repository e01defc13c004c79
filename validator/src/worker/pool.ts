import {
  type CheckContext,
  type CheckResult,
  compare,
  type FileInput,
  type FileVerdict,
  type Inspection,
  type Rules,
  voteOf,
} from '../checks/index.ts'
import { PoolClosedError } from './errors.ts'
import { DEFAULT_WORKER_LIMITS, type WorkerLimits } from './limits.ts'
import type { Job } from './messages.ts'
import { CheckProcess, type Outcome } from './process.ts'

/** Once more in a fresh process: one bad moment of the machine is not held against a file. */
const ATTEMPTS = 2

export interface CheckPool {
  /** Checks one file in a process of its own. What the file does to that process ends as a verdict. */
  check(input: FileInput, rules: Rules, context?: CheckContext): Promise<FileVerdict>
  /** Ends all processes; waiting checks are rejected with PoolClosedError. */
  close(): void
}

export interface CheckPoolOptions {
  /** Processes kept warm; so many files are checked at once. */
  size?: number
  limits?: WorkerLimits
}

export function createCheckPool({ size = 2, limits = DEFAULT_WORKER_LIMITS }: CheckPoolOptions = {}): CheckPool {
  const idle: CheckProcess[] = []
  const busy = new Set<CheckProcess>()
  const waiting: { take: (process: CheckProcess) => void; refuse: (error: Error) => void }[] = []
  let closed = false

  function acquire(): Promise<CheckProcess> {
    if (closed) return Promise.reject(new PoolClosedError())
    for (let process = idle.pop(); process; process = idle.pop()) {
      if (process.alive) return Promise.resolve(occupy(process))
    }
    if (busy.size < size) return Promise.resolve(occupy(new CheckProcess(limits)))
    return new Promise((take, refuse) => waiting.push({ take, refuse }))
  }

  function occupy(process: CheckProcess): CheckProcess {
    busy.add(process)
    return process
  }

  function giveBack(process: CheckProcess, reusable: boolean): void {
    busy.delete(process)
    const keep = reusable && !closed && process.alive && !process.worn
    if (!keep) process.end()
    const next = closed ? undefined : waiting.shift()
    if (next) next.take(occupy(keep ? process : new CheckProcess(limits)))
    else if (keep) idle.push(process)
  }

  async function attempt(job: Job): Promise<Outcome> {
    const process = await acquire()
    let outcome: Outcome | undefined
    try {
      outcome = await process.run(job)
      return closed && outcome.kind !== 'inspected' ? Promise.reject(new PoolClosedError()) : outcome
    } finally {
      giveBack(process, outcome?.kind === 'inspected')
    }
  }

  return {
    async check(input, rules, context = {}) {
      const job: Job = { input, rules, limits: context.limits ?? limits.decode }
      let outcome = await attempt(job)
      for (let tries = 1; tries < ATTEMPTS && outcome.kind !== 'inspected'; tries++) outcome = await attempt(job)
      if (outcome.kind === 'inspected') return compare(input, rules, outcome.inspection, context)
      return verdictOf(outcome)
    },
    close() {
      closed = true
      for (const process of [...idle, ...busy]) process.end()
      for (const { refuse } of waiting.splice(0)) refuse(new PoolClosedError())
    },
  }
}

function verdictOf(outcome: Exclude<Outcome, { inspection: Inspection }>): FileVerdict {
  const results = [resultOf(outcome)]
  return { vote: voteOf(results), results }
}

function resultOf(outcome: Exclude<Outcome, { inspection: Inspection }>): CheckResult {
  const check = 'decode'
  switch (outcome.kind) {
    case 'time': {
      const message = `Checking took more than ${outcome.limit} s of processor time, twice. Send a simpler file.`
      return {
        check,
        verdict: 'fail',
        code: 'decode-limit-exceeded',
        measured: null,
        threshold: outcome.limit,
        message,
      }
    }
    case 'memory': {
      const message = `Checking needed more than ${outcome.limit} bytes of memory. Send a simpler file.`
      return {
        check,
        verdict: 'fail',
        code: 'decode-limit-exceeded',
        measured: null,
        threshold: outcome.limit,
        message,
      }
    }
    case 'crashed': {
      const message = `The decoder broke down on this file, twice (${outcome.how}). Export it again with another program.`
      return { check, verdict: 'fail', code: 'decoder-crashed', measured: outcome.how, threshold: null, message }
    }
    case 'lost': {
      const message = `This node could not check the file: ${outcome.how.split('\n')[0]}.`
      return { check, verdict: 'abstain', code: 'unavailable', measured: null, threshold: null, message }
    }
  }
}
