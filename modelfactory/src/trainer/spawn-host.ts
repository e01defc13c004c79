import { type ChildProcess, spawn } from 'node:child_process'
import type { PythonEnvironment } from '../environment/python.ts'
import { trainerEnvironment } from './environment.ts'
import { lineSplitter, objectOf } from './lines.ts'
import type { Task, TaskExit, TaskOptions, TrainerEvent, TrainerHost } from './task.ts'
import { watchLimits } from './watch.ts'

const OUTPUT_KEPT = 8_000

/** One process per command, in a group of its own so that nothing it started outlives it. */
export function createSpawnHost({ python, trainerDir }: PythonEnvironment): TrainerHost {
  const alive = new Set<Task>()
  return {
    start(args, options = {}) {
      const child = spawn(python, ['-m', 'datanets_trainer', ...args], {
        cwd: trainerDir,
        env: trainerEnvironment(),
        stdio: ['pipe', 'pipe', 'pipe'],
        detached: true,
      })
      const task = follow(child, options)
      alive.add(task)
      void task.done.finally(() => alive.delete(task))
      return task
    },
    async close() {
      const tasks = [...alive]
      for (const task of tasks) task.kill()
      await Promise.all(tasks.map(({ done }) => done))
    },
  }
}

function follow(child: ChildProcess, { onEvent, limits = {}, signal }: TaskOptions): Task {
  let last: TrainerEvent | undefined
  let output = ''
  let stopped: TaskExit['stopped']
  const lines = lineSplitter((line) => {
    const event = objectOf(line)
    if (typeof event?.type !== 'string') return
    last = event as TrainerEvent
    onEvent?.(last)
  })
  child.stdout!.on('data', (chunk: Buffer) => lines.push(chunk))
  child.stderr!.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-OUTPUT_KEPT)
  })
  // A command written to a process that has just ended is lost, which is what its exit says.
  child.stdin!.on('error', () => undefined)
  const kill = () => killGroup(child)
  const unwatch = watchLimits(
    () => child.pid,
    limits,
    (why) => {
      stopped = why
      kill()
    },
  )
  signal?.addEventListener('abort', kill, { once: true })
  const say = (command: string) => child.stdin!.write(`${JSON.stringify({ command })}\n`)
  const done = new Promise<TaskExit>((resolve) => {
    child.on('error', (error) => {
      output += error.message
    })
    child.on('close', (code, by) => {
      unwatch()
      signal?.removeEventListener('abort', kill)
      lines.end()
      killGroup(child)
      resolve({ code, signal: by, last, output, stopped })
    })
  })
  return { done, pid: child.pid, pause: () => say('pause'), cancel: () => say('cancel'), kill }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The whole group is gone already.
  }
}
