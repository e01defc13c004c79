import {
  TrainerCrashedError,
  type TrainerFailure,
  TrainerMemoryError,
  TrainerProtocolError,
  TrainerRefusedError,
  TrainerTimeoutError,
} from '../errors/trainer.ts'
import type { TaskExit, TaskOptions, TrainerEvent, TrainerHost } from './task.ts'

/** Runs a short command to its end and returns its answer, which is of the type `answer`. */
export async function ask(
  host: TrainerHost,
  args: readonly string[],
  answer: string | undefined,
  options: TaskOptions = {},
): Promise<TrainerEvent> {
  const exit = await host.start(args, options).done
  if (exit.code !== 0) throw failureOf(exit, args[0]!)
  if (exit.last === undefined || (answer !== undefined && exit.last.type !== answer)) {
    throw new TrainerProtocolError(args[0]!, JSON.stringify(exit.last ?? null))
  }
  return exit.last
}

/** The typed error of a command that did not end well. */
export function failureOf(exit: TaskExit, command: string, attempts = 1): Error {
  if (exit.stopped?.by === 'time') return new TrainerTimeoutError({ command, limitMs: exit.stopped.limit })
  if (exit.stopped?.by === 'memory') {
    return new TrainerMemoryError({ usedBytes: exit.stopped.used, limitBytes: exit.stopped.limit })
  }
  if (isFailure(exit.last)) return new TrainerRefusedError(exit.last)
  const how = exit.signal ? `signal ${exit.signal}` : `exit code ${exit.code}`
  return new TrainerCrashedError({ command, exit: how, attempts, output: exit.output })
}

/** Whether the trainer itself said why; everything else is a crash and worth another attempt. */
export function isRefusal({ last, stopped }: TaskExit): boolean {
  return stopped !== undefined || (isFailure(last) && last.code !== 'UnexpectedError')
}

function isFailure(event: TrainerEvent | undefined): event is TrainerEvent & TrainerFailure {
  return event?.type === 'error'
}
