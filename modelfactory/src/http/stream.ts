import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { toErrorJson } from '../errors/base.ts'
import type { EventLog, RunEvent } from '../runs/event-log.ts'
import type { RunState } from '../runs/states.ts'

const HEARTBEAT_MS = 15_000
const LAST: readonly RunState[] = ['final', 'cancelled']

/**
 * A run's events as server-sent events. Goes on after `Last-Event-ID`, so a browser that reconnects misses nothing; ends when
 * the run never changes again.
 */
export function streamRun(context: Context, log: EventLog, stateOf: () => RunState) {
  const after = Number(context.req.header('last-event-id') ?? context.req.query('after') ?? 0)
  return streamSSE(context, async (stream) => {
    const queue: RunEvent[] = []
    let wake: () => void = () => {}
    const unfollow = log.follow(Number.isSafeInteger(after) && after >= 0 ? after : 0, (event) => {
      queue.push(event)
      wake()
    })
    stream.onAbort(() => {
      unfollow()
      wake()
    })
    try {
      while (!stream.aborted) {
        for (const event of queue.splice(0)) {
          await stream.writeSSE({ id: String(event.id), event: event.type, data: JSON.stringify(event) })
        }
        if (LAST.includes(stateOf()) && queue.length === 0) break
        let timer: NodeJS.Timeout | undefined
        await new Promise<void>((resolve) => {
          wake = resolve
          timer = setTimeout(resolve, HEARTBEAT_MS)
        })
        clearTimeout(timer)
        if (queue.length === 0 && !stream.aborted) await stream.writeSSE({ event: 'ping', data: '{}' })
      }
    } finally {
      unfollow()
    }
  })
}

/** Streams what `work` tells; a failure is an event of its own, because the status was sent long ago. */
export function streamWork(context: Context, work: (tell: (event: { type: string }) => void) => Promise<unknown>) {
  return streamSSE(context, async (stream) => {
    let writing = Promise.resolve()
    const tell = (event: { type: string }) => {
      writing = writing.then(() => stream.writeSSE({ event: event.type, data: JSON.stringify(event) }))
    }
    try {
      await work(tell)
      tell({ type: 'done' })
    } catch (error) {
      tell({ type: 'error', ...toErrorJson(error) })
    }
    await writing
  })
}
