import type { CID } from 'multiformats'
import type { Address, Hex } from 'viem'
import type { CheckResult, Vote } from '../checks/index.ts'
import type { Software } from './software.ts'

export const REPORT_VERSION = 1

/**
 * One reason of a vote. A check's own result, or one of the node's: what it could not fetch, and what a submission claims
 * against itself.
 */
export interface Reason {
  check: string
  verdict: CheckResult['verdict']
  code: string
  measured: number | string | null
  threshold: number | string | null
  message: string
  /** For duplicates: the earlier contribution and how alike it is, 0 to 1. */
  related?: { contribution: string; similarity: number }
}

export interface ReportItem {
  /** Position in the lot: the bit of every word of votes. */
  index: number
  contribution: string
  contributor: Address
  vote: Vote
  /** Of the content, 64 hex digits; null when it could not be fetched. */
  sha256: string | null
  manifest: CID | null
  reasons: Reason[]
}

/** A validator's reasons for each vote on a lot: a dag-json block on IPFS, its digest inside the attestation. */
export interface Report {
  version: typeof REPORT_VERSION
  chainId: number
  contract: Address
  lot: string
  digest: Hex
  validator: number
  signingKey: Address
  /** The rules applied: the document on IPFS, or null for the defaults of the modality. */
  rules: CID | null
  /** What the items were compared with: accepted contributions before the lot, and those of them that could not be read. */
  corpus: { size: number; unread: number }
  software: Software
  items: ReportItem[]
}

/** A pass is kept with its numbers only: 256 items fit a block, and a pass explains itself. */
export function reasonOf({ check, verdict, code, measured, threshold, message, related }: CheckResult): Reason {
  return {
    check,
    verdict,
    code,
    measured: finite(measured),
    threshold: finite(threshold),
    message: verdict === 'pass' ? '' : message.slice(0, 600),
    ...(related ? { related } : {}),
  }
}

/** dag-json has no NaN and no infinities. */
function finite(value: number | string | null): number | string | null {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}
