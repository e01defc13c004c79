import { StandardMerkleTree } from '@openzeppelin/merkle-tree'
import { type Address, type Hex, keccak256, parseSignature, toHex } from 'viem'

/** What a leaf commits to, in the order of the contract's `Contribution`. */
export type Leaf = [index: bigint, contentHash: Hex, size: bigint, format: bigint, manifestDigest: Hex]

/** `count` leaves of text files that differ by `salt`; the tests that use them look at votes and money, not at files. */
export function leavesOf(count: number, salt: string): Leaf[] {
  return Array.from({ length: count }, (_, i) => [
    BigInt(i),
    keccak256(toHex(`${salt} ${i}`)),
    100n,
    1n,
    keccak256(toHex(`manifest ${salt} ${i}`)),
  ])
}

export function treeOf(leaves: Leaf[]): StandardMerkleTree<Leaf> {
  return StandardMerkleTree.of(leaves, ['uint256', 'bytes32', 'uint256', 'uint256', 'bytes32'])
}

export const lotAttestationTypes = {
  LotAttestation: [
    { name: 'lot', type: 'bytes32' },
    { name: 'accepted', type: 'uint256' },
    { name: 'rejected', type: 'uint256' },
    { name: 'report', type: 'bytes32' },
  ],
} as const

export const signingKeyTypes = { SigningKey: [{ name: 'account', type: 'address' }] } as const

export function domainOf(name: 'Datanets' | 'Validators', verifyingContract: Address, chainId = 31337) {
  return { name, version: '1', chainId, verifyingContract } as const
}

/** The compact form (EIP-2098) of a 65-byte signature. */
export function compact(signature: Hex): { r: Hex; vs: Hex } {
  const { r, s, yParity } = parseSignature(signature)
  return { r, vs: toHex(BigInt(s) | (BigInt(yParity) << 255n), { size: 32 }) }
}

/** Terms small enough to watch a lot from entry to claim. */
export const terms = {
  rewardPerFile: 5n * 10n ** 18n,
  lotFee: 30n * 10n ** 18n,
  lotWindow: 60,
  formats: 0x00f,
  fileCap: 1000,
  dailyKilobytes: 10_000,
  gated: false,
  voteWindow: 600,
  challengeWindow: 600,
  seatCount: 3,
  quorum: 3,
  acceptBps: 6667,
  appealBondFees: 10,
  admission: '0x0000000000000000000000000000000000000000',
} as const
