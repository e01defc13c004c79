import { ContentMalformedError, type ContentStore, ContentTooLargeError } from '@datanets/sdk/storage'
import type { CID } from 'multiformats/cid'
import type { Metrics } from '../metrics.ts'
import { retry } from '../util/retry.ts'

export interface ReaderOptions {
  /** Milliseconds one fetch may take. */
  timeoutMs: number
  /** Tries of one fetch in a row. */
  attempts: number
  random?: () => number
}

export const DEFAULT_READER_OPTIONS: ReaderOptions = { timeoutMs: 15_000, attempts: 3 }

/** What a fetch ended in. `missing` is an outage and says nothing about the content; `faulty` is a fact about it. */
export type Fetched =
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'missing'; why: string }
  | { kind: 'faulty'; fault: 'too-large' | 'malformed'; why: string }

/** Reads content by CID with bounds; every byte was checked against its CID by the store. */
export class ContentReader {
  readonly #options: ReaderOptions
  readonly #modules: { store: ContentStore; metrics: Metrics; signal: AbortSignal }

  constructor(options: ReaderOptions, modules: { store: ContentStore; metrics: Metrics; signal: AbortSignal }) {
    this.#options = options
    this.#modules = modules
  }

  async read(cid: CID, maxBytes: number): Promise<Fetched> {
    const { store, metrics, signal } = this.#modules
    const { timeoutMs, attempts, random } = this.#options
    const endTimer = metrics.fetchSeconds.startTimer()
    try {
      const bytes = await retry(() => store.get(cid, { maxBytes, timeoutMs, signal }), {
        attempts,
        baseMs: 200,
        maxMs: 2_000,
        random,
        signal,
        isRetryable: (error) => faultOf(error) === undefined,
      })
      endTimer({ outcome: 'fetched' })
      return { kind: 'bytes', bytes }
    } catch (error) {
      endTimer({ outcome: 'failed' })
      signal.throwIfAborted()
      const why = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!.slice(0, 200)
      const fault = faultOf(error)
      return fault ? { kind: 'faulty', fault, why } : { kind: 'missing', why }
    }
  }
}

function faultOf(error: unknown): 'too-large' | 'malformed' | undefined {
  if (error instanceof ContentTooLargeError) return 'too-large'
  return error instanceof ContentMalformedError ? 'malformed' : undefined
}
