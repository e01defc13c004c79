import { StandardMerkleTree } from '@openzeppelin/merkle-tree'
import type { Address, Hex } from 'viem'
import type { Contribution } from '../types/protocol.ts'

const contributionTypes = ['uint256', 'bytes32', 'uint256', 'uint256', 'bytes32']
const shareTypes = ['bytes32', 'uint256', 'address', 'uint256']

/** A Merkle tree whose proofs OpenZeppelin's `MerkleProof` accepts. */
export type Tree = { root: Hex; leaves: readonly Hex[]; proofOf: (index: number) => Hex[] }

function valuesOf({ contentHash, format, index, manifestDigest, size }: Contribution) {
  return [index, contentHash, size, format, manifestDigest] as const
}

/** Leaf of one contribution. Mirror of `Leaves.leaf`. */
export function leafOf(contribution: Contribution): Hex {
  return leaf(contributionTypes, valuesOf(contribution))
}

/** Tree of a submission's contributions, in order. */
export function treeOf(contributions: readonly Contribution[]): Tree {
  return tree(contributions.map(valuesOf), contributionTypes)
}

/** Whether `proof` leads from the contribution to `root`. */
export function verifyContribution(root: Hex, contribution: Contribution, proof: readonly Hex[]): boolean {
  return verify(root, contributionTypes, valuesOf(contribution), proof)
}

/** One part of a run's earnings. `share` is an integer part of `SHARE_TOTAL`. */
export type ShareLeaf = { runId: Hex; index: bigint; account: Address; share: bigint }

function shareValuesOf({ account, index, runId, share }: ShareLeaf) {
  return [runId, index, account, share] as const
}

/** Leaf of one share in a run's attribution tree. Mirror of `Shares.leaf`. */
export function shareLeafOf(share: ShareLeaf): Hex {
  return leaf(shareTypes, shareValuesOf(share))
}

/** Attribution tree of a run. Leaves are numbered by position. */
export function shareTreeOf(shares: readonly ShareLeaf[]): Tree {
  return tree(shares.map(shareValuesOf), shareTypes)
}

export function verifyShare(root: Hex, share: ShareLeaf, proof: readonly Hex[]): boolean {
  return verify(root, shareTypes, shareValuesOf(share), proof)
}

type Value = string | bigint

function leaf(types: string[], values: readonly Value[]): Hex {
  return StandardMerkleTree.of([[...values]], types).root as Hex
}

function tree(rows: readonly (readonly Value[])[], types: string[]): Tree {
  const built = StandardMerkleTree.of(
    rows.map((row) => [...row]),
    types,
  )
  return {
    root: built.root as Hex,
    leaves: rows.map((row) => built.leafHash([...row]) as Hex),
    proofOf: (index) => built.getProof(index) as Hex[],
  }
}

function verify(root: Hex, types: string[], values: readonly Value[], proof: readonly Hex[]): boolean {
  return StandardMerkleTree.verify(root, types, [...values], [...proof])
}
