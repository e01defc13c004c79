import type { AnyHandler } from '../handlers/handler.ts'
import { lotKey } from '../handlers/handler.ts'
import type { TableName } from '../store/schema.ts'
import type { AnyRow } from '../store/table.ts'
import { type Batch, RowNotLoaded } from './batch.ts'
import type { IndexedEvent } from './events.ts'

type Step = { handler: AnyHandler; event: IndexedEvent }

/**
 * Runs the handlers of `events` over a batch: first what they read is loaded, then they run in order.
 *
 * What a handler reads can depend on an event just before it. Then it finds a row missing, and everything is run again on
 * a new batch that has it.
 *
 * @param begin - Makes a batch on which nothing was changed yet.
 */
export async function applyEvents(
  events: IndexedEvent[],
  handlers: Map<string, AnyHandler>,
  begin: (again: boolean) => Batch,
): Promise<Batch> {
  const steps = events.flatMap((event) => {
    const handler = handlers.get(`${event.contract}.${event.name}`)
    return handler === undefined ? [] : [{ handler, event }]
  })
  const missed: { table: TableName; key: AnyRow }[] = []
  for (;;) {
    const batch = begin(missed.length > 0)
    for (const { table, key } of missed) batch.want(table, key)
    await load(steps, batch)
    try {
      for (const { handler, event } of steps) handler.apply(event.args, batch, event.place)
      return batch
    } catch (error) {
      if (!(error instanceof RowNotLoaded)) throw error
      missed.push(error)
    }
  }
}

async function load(steps: Step[], batch: Batch): Promise<void> {
  for (const { handler, event } of steps) {
    if (handler.lot === undefined) continue
    const { datanetId, number } = lotKey(handler.lot(event.args))
    batch.want('lot', { datanetId, number })
    batch.wantSubmissions(datanetId, number)
  }
  await batch.load()
  await batch.loadSubmissions()
  for (const { handler, event } of steps) handler.want(event.args, batch, event.place)
  const deep = steps.filter(({ handler }) => handler.deep)
  while (await batch.load()) for (const { handler, event } of deep) handler.want(event.args, batch, event.place)
}
