import { setTimeout as sleep } from 'node:timers/promises'

export interface RetryOptions {
  /** Tries in all, the first included. */
  attempts: number
  /** Milliseconds before the second try; doubles with each further one. */
  baseMs: number
  maxMs: number
  /** 0 to 1; give a seeded one in tests. */
  random?: () => number
  signal?: AbortSignal
  /** Whether trying again can help. Everything, when absent. */
  isRetryable?: (error: unknown) => boolean
  onRetry?: (error: unknown, attempt: number) => void
}

/** Runs `work` until it succeeds, is out of tries or is aborted; then throws its last error. */
export async function retry<result>(
  work: (attempt: number) => Promise<result>,
  options: RetryOptions,
): Promise<result> {
  for (let attempt = 1; ; attempt++) {
    options.signal?.throwIfAborted()
    try {
      return await work(attempt)
    } catch (error) {
      if (attempt >= options.attempts || options.isRetryable?.(error) === false) throw error
      options.onRetry?.(error, attempt)
      await sleep(backoffMs(attempt, options), undefined, { signal: options.signal })
    }
  }
}

/** Exponential with full jitter over the upper half: callers that failed together do not return together. */
export function backoffMs(
  attempt: number,
  { baseMs, maxMs, random = Math.random }: Omit<RetryOptions, 'attempts'>,
): number {
  const ceiling = Math.min(maxMs, baseMs * 2 ** (attempt - 1))
  return ceiling / 2 + (ceiling / 2) * random()
}

/** A reproducible source for `random` (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
