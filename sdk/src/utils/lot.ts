import { concat, encodeAbiParameters, type Hex, keccak256, numberToHex } from 'viem'
import type { Lot, LotStatus, Submission } from '../types/protocol.ts'

/** Lot states after closing, in the order of the contract's enum. */
export const lotStatuses = [
  'closed',
  'settled',
  'appealed',
  'accrued',
  'lapsed',
] as const satisfies readonly LotStatus[]

export function lotStatusCode(status: (typeof lotStatuses)[number]): number {
  return lotStatuses.indexOf(status)
}

/** What a submission commits to beside its entry. Mirror of `Leaves.content`. */
export function contentOf(root: Hex, manifests: Hex): Hex {
  return keccak256(concat([root, manifests]))
}

/** Start of the digest chain of a lot. Mirror of `Leaves.genesis`. */
export function genesisOf(lotId: bigint): Hex {
  return numberToHex(lotId, { size: 32 })
}

/** Digest of a lot after one more submission. Mirror of `Leaves.link`. */
export function linkDigest(previous: Hex, { content, entry }: Submission): Hex {
  return keccak256(concat([previous, numberToHex(entry, { size: 32 }), content]))
}

/** Digest of a lot after these submissions: what its attestations sign. */
export function chainDigest(lotId: bigint, submissions: readonly Submission[]): Hex {
  return submissions.reduce(linkDigest, genesisOf(lotId))
}

/** The hash the chain holds of a lot's state. Mirror of `Datanets.hashLot`. */
export function hashLot(lot: Lot): Hex {
  return keccak256(
    encodeAbiParameters(
      [
        { type: 'uint256' },
        { type: 'bytes32' },
        { type: 'uint256' },
        { type: 'uint256' },
        { type: 'uint256' },
        { type: 'uint256' },
        { type: 'uint8' },
        { type: 'uint256' },
        { type: 'uint256' },
        { type: 'uint256' },
      ],
      [
        lot.id,
        lot.digest,
        lot.itemCount,
        lot.seats,
        lot.closedAt,
        lot.settledAt,
        lot.status,
        lot.accepted,
        lot.undecided,
        lot.revoked,
      ],
    ),
  )
}
