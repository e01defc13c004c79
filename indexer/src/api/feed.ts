import type { Step } from '../core/sync.ts'
import type { Cursor } from '../store/store.ts'

/** What listeners hear. `id` is the block, so that a listener can say where it left off. */
export type Update = { id: string; event: 'block' | 'rollback' | 'rebuild'; data: string }

export type Feed = {
  publish: (step: Step, cursor: Cursor | undefined) => void
  subscribe: (listener: (update: Update) => void) => () => void
  /** Updates after the one with this id; undefined when it is unknown or too old. */
  since: (id: string) => Update[] | undefined
}

/** Updates kept for listeners that come back. */
const KEPT = 256
/** Events named in one update; a backfill has thousands, which nobody watches one by one. */
const MAX_EVENTS = 500

export function createFeed(): Feed {
  const listeners = new Set<(update: Update) => void>()
  const kept: Update[] = []
  let sequence = 0
  return {
    publish(step, cursor) {
      if (step.kind === 'idle') return
      const update = toUpdate(step, cursor, ++sequence)
      kept.push(update)
      if (kept.length > KEPT) kept.shift()
      for (const listener of listeners) listener(update)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    since(id) {
      const index = kept.findIndex((update) => update.id === id)
      return index === -1 ? undefined : kept.slice(index + 1)
    },
  }
}

function toUpdate(step: Exclude<Step, { kind: 'idle' }>, cursor: Cursor | undefined, sequence: number): Update {
  const id = `${sequence}-${cursor?.block ?? 0}`
  if (step.kind === 'rebuild') return { id, event: 'rebuild', data: '{}' }
  if (step.kind === 'rollback') {
    return { id, event: 'rollback', data: JSON.stringify({ block: step.to.number, hash: step.to.hash }) }
  }
  const events = step.events.slice(0, MAX_EVENTS).map(({ contract, name, args, place }) => ({
    contract,
    name,
    args,
    block: place.block,
    logIndex: place.logIndex,
    transactionHash: place.transactionHash,
  }))
  const data = { from: step.from, block: cursor?.block, hash: cursor?.hash, eventCount: step.events.length, events }
  return {
    id,
    event: 'block',
    data: JSON.stringify(data, (_, value) => (typeof value === 'bigint' ? value.toString() : value)),
  }
}
