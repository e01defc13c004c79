import { digestToCid } from '@datanets/sdk/utils'
import { type Address, getAddress, type Hex } from 'viem'
import type { ContributionStatus, EventPlace, Outcomes } from '../api/types.ts'

export function toPlace(row: { block: number; logIndex: number; at: number; transactionHash: Hex }): EventPlace {
  return { block: row.block, logIndex: row.logIndex, timestamp: row.at, transactionHash: row.transactionHash }
}

export function toOutcomes(row: Record<ContributionStatus, number>): Outcomes {
  const { pending, accepted, rejected, undecided, lapsed, revoked } = row
  return { pending, accepted, rejected, undecided, lapsed, revoked }
}

/** Accepted of all that were decided; null while none is. */
export function acceptanceRate({ accepted, rejected, revoked }: Outcomes): number | null {
  const decided = accepted + rejected + revoked
  return decided === 0 ? null : accepted / decided
}

export function toAddress(hex: Hex): Address {
  return getAddress(hex)
}

/** CID of a dag-json block with this sha-256 digest. */
export function toCid(digest: Hex): string {
  return digestToCid(digest, 'dag-json').toString()
}

export function toWord(word: bigint): Hex {
  return `0x${word.toString(16).padStart(64, '0')}`
}
