import type { ContentStore } from '@datanets/sdk/storage'
import {
  contentOf,
  decodeManifestList,
  digestToCid,
  formatContributionId,
  toContributionId,
  toContributions,
  treeOf,
} from '@datanets/sdk/utils'
import type { Address, Hex } from 'viem'
import { DatasetMismatchError, DatasetUnavailableError } from '../errors/dataset.ts'
import type { DatasetEntry } from '../formats/dataset.ts'

/** One submission of a lot, as the chain's events tell it. */
export interface LotSubmission {
  contributor: Address
  /** Position in the lot of the first item. */
  first: number
  count: number
  enteredBlock: bigint
  root: Hex
  manifests: Hex
  /** What the lot's digest chain holds. */
  content: Hex
}

/** A lot whose result never changes again. */
export interface AccruedLot {
  id: bigint
  /** Items that were accepted and not revoked, one bit each. */
  accepted: bigint
  submissions: readonly LotSubmission[]
}

export interface AcceptedEntry extends DatasetEntry {
  enteredBlock: bigint
}

/**
 * The accepted contributions of a lot. Their manifest lists come from storage and are believed only when their tree has the
 * root that was submitted: that is an inclusion proof for every item at once.
 * @throws DatasetMismatchError, DatasetUnavailableError
 */
export async function acceptedEntries(lot: AccruedLot, store: ContentStore): Promise<AcceptedEntry[]> {
  const entries: AcceptedEntry[] = []
  for (const submission of lot.submissions) {
    const { contributor, count, enteredBlock, first } = submission
    const wanted = Array.from({ length: count }, (_, index) => index).filter((index) =>
      hasBit(lot.accepted, first + index),
    )
    if (wanted.length === 0) continue
    const items = await listOf(lot.id, submission, store)
    for (const index of wanted) {
      const { format, manifest, payload, sha256, size } = items[index]!
      entries.push({
        contribution: formatContributionId(toContributionId({ lotId: lot.id, index: first + index })),
        contributor: contributor.toLowerCase() as Address,
        manifest,
        payload,
        sha256,
        size,
        format,
        enteredBlock,
      })
    }
  }
  return entries
}

async function listOf(lotId: bigint, { content, count, first, manifests, root }: LotSubmission, store: ContentStore) {
  const subject = `Submission ${formatContributionId(toContributionId({ lotId, index: first }))}`
  if (contentOf(root, manifests) !== content) {
    throw new DatasetMismatchError({
      subject,
      field: 'commitment',
      expected: content,
      actual: contentOf(root, manifests),
    })
  }
  const cid = digestToCid(manifests, 'dag-json')
  const bytes = await store.get(cid).catch((cause) => {
    throw new DatasetUnavailableError(`${subject} (manifest list ${cid})`, cause)
  })
  const items = decodeManifestList(bytes)
  const actual = treeOf(toContributions(items)).root
  if (items.length !== count || actual !== root) {
    throw new DatasetMismatchError({
      subject,
      field: 'Merkle root',
      expected: root,
      actual: `${actual} (${items.length} items)`,
    })
  }
  return items
}

function hasBit(word: bigint, index: number): boolean {
  return (word & (1n << BigInt(index))) !== 0n
}
