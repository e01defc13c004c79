import type { ContentStore } from '@datanets/sdk/storage'
import { cidToDigest } from '@datanets/sdk/utils'
import { parseRules } from '@datanets/validator/checks'
import { encode } from '@ipld/dag-json'
import type { Hex } from 'viem'
import type { SampleDatanet } from './datanets.ts'

/** Puts a Datanet's rules document on IPFS: the defaults of its modality, and its purpose. Returns its digest. */
export async function publishRules(store: ContentStore, { modality, purpose }: SampleDatanet): Promise<Hex> {
  const rules = { version: 1, modality: modality.toLowerCase(), checks: { relevance: { purpose } } }
  // A document that no validator could apply must not reach the chain.
  parseRules(rules)
  const cid = await store.put(encode(rules), { codec: 'dag-json' })
  await store.pin(cid)
  return cidToDigest(cid)
}
