import type { CID } from 'multiformats/cid'
import { ContentMalformedError, ContentTooLargeError, ContentUnavailableError } from '../errors/storage.ts'
import type { ContentStore } from './types.ts'

/**
 * Asks stores in turn until one has the content. Writes and pins go to the first. Where all fail the error carries each
 * one's; what is a fact about the content ends the search at once.
 */
export function createFallbackStore(stores: readonly [ContentStore, ...ContentStore[]]): ContentStore {
  const [first] = stores
  const name = `any of ${stores.length} stores`

  async function ask<result>(
    cid: CID,
    question: (store: ContentStore) => Promise<result>,
    signal?: AbortSignal,
  ): Promise<result> {
    const errors: unknown[] = []
    for (const store of stores) {
      try {
        return await question(store)
      } catch (error) {
        signal?.throwIfAborted()
        if (error instanceof ContentTooLargeError || error instanceof ContentMalformedError) throw error
        errors.push(error)
      }
    }
    const cause = new AggregateError(errors, errors.map((error) => (error as Error).message.split('\n')[0]).join('; '))
    throw new ContentUnavailableError({ cid: cid.toString(), source: name, cause })
  }

  return {
    put: (bytes, options) => first.put(bytes, options),
    get: (cid, options) => ask(cid, (store) => store.get(cid, options), options?.signal),
    pin: (cid, options) => first.pin(cid, options),
    stat: (cid, options) => ask(cid, (store) => store.stat(cid, options), options?.signal),
    async close() {
      await Promise.all(stores.map((store) => store.close()))
    },
  }
}
