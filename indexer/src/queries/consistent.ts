import { BaseError } from '@datanets/sdk'
import type { AsOf } from '../api/types.ts'
import type { Store } from '../store/store.ts'

/** No range is in yet. Becomes status 503. */
export class NothingIndexedError extends BaseError {
  constructor() {
    super('Nothing is indexed yet.', {
      name: 'NothingIndexedError',
      docsPath: '/indexer',
      metaMessages: ['Remedy: ask again when /ready says so.'],
    })
  }
}

const TRIES = 8

/** Runs several reads that all belong to one block: again when another block came in between. */
export async function consistent<T>(store: Store, work: (asOf: AsOf) => Promise<T>): Promise<T & { asOf: AsOf }> {
  for (let tries = 1; ; tries++) {
    const before = await store.cursor()
    if (before === undefined) throw new NothingIndexedError()
    const asOf = { block: before.block, hash: before.hash, timestamp: before.timestamp }
    const result = await work(asOf)
    const after = await store.cursor()
    // With a fast backfill under way the newest answer is good enough; each single read is still of one block.
    if (after?.hash === before.hash || tries === TRIES) return { ...result, asOf }
  }
}
