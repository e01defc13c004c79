import { type Address, concat, encodeAbiParameters, type Hex, keccak256 } from 'viem'
import { EmptyTreeError } from '../errors/values.ts'
import type { Contribution } from '../types/protocol.ts'

/**
 * A Merkle tree whose proofs OpenZeppelin's `MerkleProof` accepts: the same as `StandardMerkleTree` of their package
 * makes, which a test holds it to. Ours because that package brings 60 kB of ABI code that viem has already.
 */
export type Tree = { root: Hex; leaves: readonly Hex[]; proofOf: (index: number) => Hex[] }

/** Leaf of one contribution. Mirror of `Leaves.leaf`. */
export function leafOf({ contentHash, format, index, manifestDigest, size }: Contribution): Hex {
  return hashTwice(
    encodeAbiParameters(
      [{ type: 'uint256' }, { type: 'bytes32' }, { type: 'uint256' }, { type: 'uint256' }, { type: 'bytes32' }],
      [index, contentHash, size, format, manifestDigest],
    ),
  )
}

/** Tree of a submission's contributions, in order. */
export function treeOf(contributions: readonly Contribution[]): Tree {
  return toTree(contributions.map(leafOf))
}

/** Whether `proof` leads from the contribution to `root`. */
export function verifyContribution(root: Hex, contribution: Contribution, proof: readonly Hex[]): boolean {
  return proof.reduce(hashPair, leafOf(contribution)) === root
}

/** One part of a run's earnings. `share` is an integer part of `SHARE_TOTAL`. */
export type ShareLeaf = { runId: Hex; index: bigint; account: Address; share: bigint }

/** Leaf of one share in a run's attribution tree. Mirror of `Shares.leaf`. */
export function shareLeafOf({ account, index, runId, share }: ShareLeaf): Hex {
  return hashTwice(
    encodeAbiParameters(
      [{ type: 'bytes32' }, { type: 'uint256' }, { type: 'address' }, { type: 'uint256' }],
      [runId, index, account, share],
    ),
  )
}

/** Attribution tree of a run. Leaves are numbered by position. */
export function shareTreeOf(shares: readonly ShareLeaf[]): Tree {
  return toTree(shares.map(shareLeafOf))
}

export function verifyShare(root: Hex, share: ShareLeaf, proof: readonly Hex[]): boolean {
  return proof.reduce(hashPair, shareLeafOf(share)) === root
}

/** A complete binary tree in one array: the root first, the leaves last, in descending order of their hashes. */
function toTree(leaves: readonly Hex[]): Tree {
  if (leaves.length === 0) throw new EmptyTreeError()
  const sorted = leaves.map((leaf, index) => ({ leaf, index })).sort((a, b) => (a.leaf < b.leaf ? -1 : 1))
  const nodes: Hex[] = new Array(2 * leaves.length - 1)
  const positions: number[] = new Array(leaves.length)
  for (const [rank, { index, leaf }] of sorted.entries()) {
    positions[index] = nodes.length - 1 - rank
    nodes[positions[index]!] = leaf
  }
  for (let node = leaves.length - 2; node >= 0; node--)
    nodes[node] = hashPair(nodes[2 * node + 1]!, nodes[2 * node + 2]!)
  return {
    root: nodes[0]!,
    leaves,
    proofOf(index) {
      const path: Hex[] = []
      for (let node = positions[index]!; node > 0; node = (node - 1) >> 1)
        path.push(nodes[node % 2 === 1 ? node + 1 : node - 1]!)
      return path
    },
  }
}

/** Hashed twice, so that no inner node can pass for a leaf. */
function hashTwice(encoded: Hex): Hex {
  return keccak256(keccak256(encoded))
}

function hashPair(a: Hex, b: Hex): Hex {
  return keccak256(concat(a < b ? [a, b] : [b, a]))
}
