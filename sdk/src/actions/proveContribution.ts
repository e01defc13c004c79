import type { Client } from 'viem'
import { ListMismatchError } from '../errors/submission.ts'
import type { ContentStore } from '../storage/types.ts'
import type { ItemProof } from '../types/protocol.ts'
import { formatContributionId, fromContributionId } from '../utils/ids.ts'
import { checkList, manifestListCid } from '../utils/lotItems.ts'
import type { LotState } from '../utils/lotState.ts'
import { decodeManifestList, MAX_MANIFEST_LIST_BYTES } from '../utils/manifestList.ts'
import { contributionOf } from './getContribution.ts'
import { getLot } from './getLot.ts'
import type { ReadParameters } from './internal/read.ts'

export type ProveContributionParameters = ReadParameters & {
  contributionId: bigint
  /** State of its lot, where it was read already. */
  state?: LotState | undefined
  /** Where its manifest list is. */
  store: ContentStore
}

export type ProveContributionReturnType = ItemProof

/**
 * Proves that a contribution is part of its lot, from its submission's published manifest list.
 *
 * @throws {ListMismatchError} when what was published is not what was entered.
 */
export async function proveContribution(
  client: Client,
  { contributionId, state, store, ...options }: ProveContributionParameters,
): Promise<ProveContributionReturnType> {
  const { index, lotId } = fromContributionId(contributionId)
  const lot = state ?? (await getLot(client, { lotId, ...options }))
  const { position, submission } = contributionOf(lot, index)
  const entered = lot.submissions[submission]!
  const bytes = await store.get(manifestListCid(entered.manifests), {
    maxBytes: MAX_MANIFEST_LIST_BYTES,
    signal: options.signal,
  })
  const checked = checkList(entered, decodeManifestList(bytes))
  if (checked.mismatch !== null)
    throw new ListMismatchError({ id: formatContributionId(contributionId), reason: checked.mismatch })
  return {
    submission: BigInt(submission),
    root: entered.root,
    manifests: entered.manifests,
    contribution: checked.contributions[position]!,
    path: checked.tree.proofOf(position),
  }
}
