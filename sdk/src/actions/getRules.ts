import * as dagJson from '@ipld/dag-json'
import { type Client, zeroHash } from 'viem'
import { ContentMalformedError } from '../errors/storage.ts'
import type { ContentStore } from '../storage/types.ts'
import { digestToCid } from '../utils/cid.ts'
import { datanetsOf, type ReadParameters, readAt, viewOf } from './internal/read.ts'

export type GetRulesParameters = ReadParameters & { datanetId: bigint; store: ContentStore }

/** `rules` is the dag-json document; both are null where the Datanet has none. */
export type GetRulesReturnType = { cid: string; rules: unknown } | { cid: null; rules: null }

/** Fetches the rules document that validators of a Datanet apply. */
export async function getRules(
  client: Client,
  { datanetId, store, ...options }: GetRulesParameters,
): Promise<GetRulesReturnType> {
  const view = await viewOf(client, options)
  const { blockNumber } = view
  const digest = await readAt(client, {
    ...datanetsOf(view),
    functionName: 'rulesOf',
    args: [datanetId],
    blockNumber,
  })
  if (digest === zeroHash) return { cid: null, rules: null }
  const cid = digestToCid(digest, 'dag-json')
  const bytes = await store.get(cid, { maxBytes: 1_000_000, signal: options.signal })
  try {
    return { cid: cid.toString(), rules: dagJson.decode(bytes) }
  } catch (cause) {
    throw new ContentMalformedError({ cid: cid.toString(), reason: 'it is not dag-json', cause })
  }
}
