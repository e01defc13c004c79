import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Feed, Update } from './feed.ts'

/** Streams open at once. */
const MAX_STREAMS = 256
/** Milliseconds between comments that keep proxies from closing a silent stream. */
const KEEP_ALIVE_MS = 15_000
/** Updates waiting for a client that does not read. */
const MAX_WAITING = 512

/**
 * Server-sent events: one per range of blocks, rollback or rebuild. A client that comes back with `Last-Event-ID` gets
 * what it missed, or `reset` when that is no longer known: then it asks for everything again.
 */
export function createLive(feed: Feed): (context: Context) => Response | Promise<Response> {
  let streams = 0
  return (context) => {
    if (streams >= MAX_STREAMS) {
      context.header('Retry-After', '10')
      return context.json({ error: 'TooManyStreams', message: `${MAX_STREAMS} streams are open.` }, 503)
    }
    const lastId = context.req.header('Last-Event-ID') ?? context.req.query('lastEventId')
    return streamSSE(context, async (stream) => {
      streams++
      const waiting: Update[] = []
      let wake = () => {}
      const push = (update: Update) => {
        waiting.push(update)
        wake()
      }
      const unsubscribe = feed.subscribe(push)
      stream.onAbort(() => wake())
      try {
        const missed = lastId === undefined ? [] : feed.since(lastId)
        if (missed === undefined) await stream.writeSSE({ event: 'reset', data: '{}' })
        else waiting.unshift(...missed)
        while (!stream.aborted && !stream.closed) {
          if (waiting.length > MAX_WAITING) break
          const update = waiting.shift()
          if (update !== undefined) {
            await stream.writeSSE({ id: update.id, event: update.event, data: update.data })
            continue
          }
          const timedOut = await new Promise<boolean>((resolve) => {
            const timer = setTimeout(() => resolve(true), KEEP_ALIVE_MS)
            wake = () => {
              clearTimeout(timer)
              resolve(false)
            }
          })
          if (timedOut) await stream.write(': still here\n\n')
        }
      } finally {
        unsubscribe()
        streams--
      }
    })
  }
}
