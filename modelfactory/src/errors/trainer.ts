import { ModelFactoryError } from './base.ts'

/** What the trainer says of its own failure; `code` is its class there. */
export interface TrainerFailure {
  code: string
  message: string
  limit: string
  remedy: string
  exitCode: number
}

/** The trainer refused or failed, and said why. */
export class TrainerRefusedError extends ModelFactoryError {
  override name = 'TrainerRefusedError'
  override readonly status = 422
  readonly code: string
  readonly exitCode: number

  constructor({ code, message, limit, remedy, exitCode }: TrainerFailure) {
    super(`The trainer refused (${code}): ${message}.`.replace(/\.\.$/, '.'), {
      metaMessages: [`Limit: ${limit}`, `Remedy: ${remedy}`],
    })
    this.code = code
    this.exitCode = exitCode
  }
}

/** The trainer's process ended without an answer. */
export class TrainerCrashedError extends ModelFactoryError {
  override name = 'TrainerCrashedError'

  constructor({
    command,
    exit,
    attempts,
    output,
  }: { command: string; exit: string; attempts: number; output: string }) {
    super(`The trainer ended during "${command}" without an answer (${exit}).`, {
      metaMessages: [
        `Attempts: ${attempts}, each from the last checkpoint.`,
        ...output.trim().split('\n').slice(-8),
        'When it was killed for memory, choose a smaller batch, a shorter cutoff, or qlora.',
      ],
    })
  }
}

/** A time limit was reached. */
export class TrainerTimeoutError extends ModelFactoryError {
  override name = 'TrainerTimeoutError'

  constructor({ command, limitMs }: { command: string; limitMs: number }) {
    super(`The trainer did not finish "${command}" within ${Math.round(limitMs / 1000)} s and was stopped.`, {
      metaMessages: ["Raise the run's `timeLimitSeconds`, or train fewer steps. The last checkpoint is kept."],
    })
  }
}

/** The process grew over the run's memory limit. */
export class TrainerMemoryError extends ModelFactoryError {
  override name = 'TrainerMemoryError'

  constructor({ usedBytes, limitBytes }: { usedBytes: number; limitBytes: number }) {
    super(`The trainer used ${megabytes(usedBytes)} of ${megabytes(limitBytes)} allowed and was stopped.`, {
      metaMessages: ['Raise `memoryLimitBytes`, or choose a smaller batch, a shorter cutoff, or qlora.'],
    })
  }
}

/** The trainer wrote something that is not its protocol. */
export class TrainerProtocolError extends ModelFactoryError {
  override name = 'TrainerProtocolError'

  constructor(command: string, line: string) {
    super(`The trainer answered "${command}" with something that is no result.`, {
      metaMessages: [`Line: ${line.slice(0, 200)}`, 'The Python package and this one are of different versions.'],
    })
  }
}

/** A file of the run's folder is missing or not what the trainer's manifest says. */
export class TrainerResultError extends ModelFactoryError {
  override name = 'TrainerResultError'

  constructor({ file, expected, actual }: { file: string; expected: string; actual: string }) {
    super(`The run's ${file} is not the file the trainer finished with.`, {
      metaMessages: [`Expected: ${expected}`, `Found:    ${actual}`, 'Nothing was anchored. Retry the run.'],
    })
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}
