import type { Batch } from '../core/batch.ts'
import type { Place } from '../core/events.ts'

/** What one event does to the tables. `Args` are the event's arguments, addresses in lower case. */
export type Handler<Args> = {
  /** The lot whose submissions {@link want} and {@link apply} go through, for events that touch all of them. */
  lot?: (args: Args) => bigint
  /**
   * Asks for every row that {@link apply} reads. Called again for handlers that are `deep`, after what they asked for was
   * loaded, for rows that only those name.
   */
  want: (args: Args, batch: Batch, place: Place) => void
  deep?: true
  /** Must not throw but for a gap: an event of the chain is a fact. */
  apply: (args: Args, batch: Batch, place: Place) => void
}

// Each handler knows its own arguments; the loop that calls them does not.
// biome-ignore lint/suspicious/noExplicitAny: the decoder gives each handler the arguments of its event
export type AnyHandler = Handler<any>

export type ContractHandlers = Record<string, AnyHandler>

export const SECONDS_PER_DAY = 86_400

/** Days since 1970-01-01 UTC. */
export function dayOf(timestamp: number): number {
  return Math.floor(timestamp / SECONDS_PER_DAY)
}

/** Ids as columns hold them. */
export function lotKey(lotId: bigint): { datanetId: number; number: number } {
  return { datanetId: Number(lotId >> 32n), number: Number(lotId & 0xffffffffn) }
}
