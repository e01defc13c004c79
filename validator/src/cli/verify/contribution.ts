import { createHash } from 'node:crypto'
import type { LotState } from '@datanets/sdk'
import type { ContentStore } from '@datanets/sdk/storage'
import {
  DAILY_BYTES,
  decodeManifest,
  decodeManifestList,
  digestToCid,
  MAX_MANIFEST_BYTES,
  MAX_MANIFEST_LIST_BYTES,
  toContributions,
  treeOf,
} from '@datanets/sdk/utils'
import { getAddress } from 'viem'
import type { ChainAccess } from '../context.ts'
import { compare, type Finding, unknown } from './finding.ts'

/** Follows a contribution from its file to the root on chain: content, manifest, leaf, root, contributor. */
export async function verifyContribution(
  { deployment }: ChainAccess,
  store: ContentStore,
  state: LotState,
  index: number,
): Promise<Finding[]> {
  const submission = state.submissions.find(({ first, count }) => index >= first && index < first + count)
  if (!submission) return [compare('item of the lot', 'none', index)]
  try {
    const listBytes = await store.get(digestToCid(submission.manifests, 'dag-json'), {
      maxBytes: MAX_MANIFEST_LIST_BYTES,
    })
    const list = decodeManifestList(listBytes)
    const item = list[index - submission.first]!
    const manifest = decodeManifest(await store.get(item.manifest, { maxBytes: MAX_MANIFEST_BYTES }))
    const bytes = await store.get(manifest.payload, { maxBytes: DAILY_BYTES })
    return [
      compare('root of the manifests', treeOf(toContributions(list)).root, submission.root),
      compare('contributor in the manifest', manifest.contributor, submission.contributor),
      compare('contract in the manifest', manifest.contracts, getAddress(deployment.contracts.Datanets.address)),
      compare('chain in the manifest', manifest.chainId, deployment.chainId),
      compare('sha-256 of the content', `0x${createHash('sha256').update(bytes).digest('hex')}`, item.sha256),
      compare('bytes of the content', bytes.length, item.size),
    ]
  } catch (error) {
    return [unknown('content', (error as Error).message.split('\n', 1)[0]!)]
  }
}
