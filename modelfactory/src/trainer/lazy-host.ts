import type { Task, TaskExit, TrainerHost } from './task.ts'

/**
 * A host that is made when it is first needed: finding Python can mean installing it. What is asked of a task before there is
 * one is handed on when there is.
 */
export function lazyHost(make: () => Promise<TrainerHost>): TrainerHost {
  let made: Promise<TrainerHost> | undefined
  return {
    start(args, options) {
      let task: Task | undefined
      let wanted: 'pause' | 'cancel' | 'kill' | undefined
      const say = (command: 'pause' | 'cancel' | 'kill') => {
        wanted = command
        task?.[command]()
      }
      made ??= make()
      const done: Promise<TaskExit> = made.then((host) => {
        task = host.start(args, options)
        if (wanted !== undefined) task[wanted]()
        return task.done
      })
      // A factory without Python says so to the next caller too.
      made.catch(() => {
        made = undefined
      })
      return {
        done,
        get pid() {
          return task?.pid
        },
        pause: () => say('pause'),
        cancel: () => say('cancel'),
        kill: () => say('kill'),
      }
    },
    async close() {
      const host = await made?.catch(() => undefined)
      await host?.close()
    },
  }
}
