import type { CID } from 'multiformats/cid'
import { type Address, type Hex, isAddressEqual } from 'viem'
import type { Contribution } from '../types/protocol.ts'
import { digestToCid } from './cid.ts'
import { formatsWord } from './formats.ts'
import type { LotSubmission } from './lotState.ts'
import type { Manifest } from './manifest.ts'
import { type ManifestList, type ManifestListItem, toContributions } from './manifestList.ts'
import { type Tree, treeOf } from './tree.ts'

/** Why a published list or manifest does not belong to what was entered. Grounds to reject: it is a fact, not an outage. */
export type ItemMismatch =
  | 'list-malformed'
  | 'list-root'
  | 'list-count'
  | 'list-bytes'
  | 'list-formats'
  | 'manifest-malformed'
  | 'manifest-chain'
  | 'manifest-datanet'
  | 'manifest-contributor'
  | 'manifest-payload'

/** Whether a manifest list is the one a submission committed to; its tree where it is. */
export function checkList(
  submission: LotSubmission,
  list: ManifestList,
): { mismatch: ItemMismatch } | { mismatch: null; contributions: Contribution[]; tree: Tree } {
  if (list.length !== submission.count) return { mismatch: 'list-count' }
  const contributions = toContributions(list)
  const tree = treeOf(contributions)
  if (tree.root !== submission.root) return { mismatch: 'list-root' }
  if (list.reduce((sum, { size }) => sum + size, 0) !== submission.totalBytes) return { mismatch: 'list-bytes' }
  if (formatsWord(list.map(({ format }) => format)) !== submission.formats) return { mismatch: 'list-formats' }
  return { mismatch: null, contributions, tree }
}

/** What makes a manifest another's, or of another place or file. Null when it belongs. */
export function checkManifestOf(
  item: ManifestListItem,
  manifest: Manifest,
  expected: { chainId: number; contracts: Address; datanetId: bigint; contributor: Address },
): ItemMismatch | null {
  if (manifest.chainId !== expected.chainId || !isAddressEqual(manifest.contracts, expected.contracts))
    return 'manifest-chain'
  if (BigInt(manifest.datanetId) !== expected.datanetId) return 'manifest-datanet'
  if (!isAddressEqual(manifest.contributor, expected.contributor)) return 'manifest-contributor'
  const same =
    manifest.payload.toString() === item.payload.toString() &&
    manifest.sha256 === item.sha256 &&
    manifest.size === item.size &&
    manifest.format === item.format
  return same ? null : 'manifest-payload'
}

/** Where the manifest list of a submission is. */
export function manifestListCid(manifests: Hex): CID {
  return digestToCid(manifests, 'dag-json')
}
