import { SHARE_TOTAL } from '@datanets/sdk/utils'
import type { Address } from 'viem'
import { RunBlockInvalidError } from '../errors/formats.ts'
import { Reader } from './reader.ts'

/** One contribution's line of the scores file. */
export interface ContributionScore {
  /** The contribution's id as the trainer knows it, 0x…. */
  contribution: bigint
  contributor: Address
  /** Whether it has a place in the split: a near-duplicate has none. */
  place: boolean
  /** Decimal string, of any sign. */
  score: string
  share: bigint
}

export interface Scores {
  method: string
  contributions: ContributionScore[]
}

/** An account's part of the run; the leaves of the attribution tree, in order. */
export interface ShareEntry {
  account: Address
  share: bigint
}

export function decodeScores(bytes: Uint8Array): Scores {
  const reader = new Reader('scores', parse('scores', bytes))
  return {
    method: reader.text('method'),
    contributions: reader.maps('contributions').map((row) => ({
      contribution: BigInt(row.text('contribution', /^0x[0-9a-f]{1,64}$/)),
      contributor: row.address('contributor'),
      place: row.flag('place'),
      score: row.text('score', /^-?\d{1,400}(\.\d{1,400})?$/),
      share: BigInt(row.natural('share')),
    })),
  }
}

/** Sums shares per account, in the order of addresses; accounts without a share have no leaf. */
export function accountShares(contributions: readonly { contributor: Address; share: bigint }[]): ShareEntry[] {
  const sums = new Map<Address, bigint>()
  for (const { contributor, share } of contributions) {
    const account = contributor.toLowerCase() as Address
    sums.set(account, (sums.get(account) ?? 0n) + share)
  }
  return [...sums]
    .filter(([, share]) => share > 0n)
    .map(([account, share]) => ({ account, share }))
    .sort((one, other) => (one.account < other.account ? -1 : 1))
}

export function encodeShares(shares: readonly ShareEntry[]): Uint8Array {
  const rows = shares.map(({ account, share }) => `{"account":"${account.toLowerCase()}","share":${share}}`)
  return new TextEncoder().encode(`[${rows.join(',')}]`)
}

export function decodeShares(bytes: Uint8Array): ShareEntry[] {
  const shares = new Reader('shares', { shares: parse('shares', bytes) })
    .maps('shares')
    .map((row) => ({ account: row.address('account'), share: BigInt(row.natural('share')) }))
  const sum = shares.reduce((total, { share }) => total + share, 0n)
  if (sum !== SHARE_TOTAL) throw new RunBlockInvalidError('shares', `they add up to ${sum}, not ${SHARE_TOTAL}`)
  return shares
}

function parse(block: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new RunBlockInvalidError(block, 'it is not JSON', cause)
  }
}
