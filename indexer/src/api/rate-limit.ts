export type RateOptions = {
  /** Requests a client may make per second on average, and at once after a pause. */
  perSecond: number
  burst: number
}

/** Clients remembered; beyond it the longest silent is forgotten, which gives it a full burst again. */
const MAX_CLIENTS = 10_000

/** A bucket of tokens per client. */
export class RateLimit {
  readonly #options: RateOptions
  readonly #now: () => number
  readonly #clients = new Map<string, { tokens: number; at: number }>()

  /** @param now - Milliseconds of a clock that never goes back. */
  constructor(options: RateOptions, now: () => number = () => performance.now()) {
    this.#options = options
    this.#now = now
  }

  /** Seconds the client has to wait; zero when its request is let through. */
  take(client: string): number {
    const { perSecond, burst } = this.#options
    const now = this.#now()
    const last = this.#clients.get(client) ?? { tokens: burst, at: now }
    const tokens = Math.min(burst, last.tokens + ((now - last.at) / 1000) * perSecond)
    // Set anew, so that the map's order is that of the last request.
    this.#clients.delete(client)
    this.#clients.set(client, { tokens: tokens < 1 ? tokens : tokens - 1, at: now })
    if (this.#clients.size > MAX_CLIENTS) this.#clients.delete(this.#clients.keys().next().value!)
    return tokens < 1 ? (1 - tokens) / perSecond : 0
  }
}
