import type { AnyHandler } from '../handlers/handler.ts'
import { lotKey } from '../handlers/handler.ts'
import type { Batch } from './batch.ts'
import type { IndexedEvent } from './events.ts'

/** Runs the handlers of `events` over a batch: first everything they read is loaded, then they run in order. */
export async function applyEvents(
  events: IndexedEvent[],
  handlers: Map<string, AnyHandler>,
  batch: Batch,
): Promise<void> {
  const steps = events.flatMap((event) => {
    const handler = handlers.get(`${event.contract}.${event.name}`)
    return handler === undefined ? [] : [{ handler, event }]
  })
  for (const { handler, event } of steps) {
    if (handler.lot === undefined) continue
    const { datanetId, number } = lotKey(handler.lot(event.args))
    batch.want('lot', { datanetId, number })
    batch.wantSubmissions(datanetId, number)
  }
  await batch.load()
  await batch.loadSubmissions()
  for (const { handler, event } of steps) handler.want(event.args, batch, event.place)
  await batch.load()
  for (const { handler, event } of steps) handler.apply(event.args, batch, event.place)
}
