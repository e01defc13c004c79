import type { Votes } from '../types/protocol.ts'
import { itemsMask, popcount } from './bitmaps.ts'
import { BPS } from './limits.ts'

/** Counts of up to 15 words of votes: bit i of the planes is the binary count of item i. Mirror of `Tally.Counter`. */
export type Counter = { ones: bigint; twos: bigint; fours: bigint; eights: bigint }

const allItems = itemsMask(256)

export function newCounter(): Counter {
  return { ones: 0n, twos: 0n, fours: 0n, eights: 0n }
}

/** Adds one vote for every set bit of `word`. Mirror of `Tally.add`. */
export function addVotes({ ones, twos, fours, eights }: Counter, word: bigint): Counter {
  const intoTwos = ones & word
  const intoFours = twos & intoTwos
  const intoEights = fours & intoFours
  return { ones: ones ^ word, twos: twos ^ intoTwos, fours: fours ^ intoFours, eights: eights ^ intoEights }
}

/** The items with at least `threshold` votes. Mirror of `Tally.atLeast`. */
export function atLeast(counter: Counter, threshold: number): bigint {
  if (threshold > 15) return 0n
  let greater = 0n
  let equal = allItems
  for (const [plane, bit] of [
    [counter.eights, 8],
    [counter.fours, 4],
    [counter.twos, 2],
    [counter.ones, 1],
  ] as const) {
    if (threshold & bit) equal &= plane
    else {
      greater |= equal & plane
      equal &= ~plane
    }
  }
  return greater | equal
}

/** Votes needed of `attestations` so that their part is at least `bps`, rounded up. Mirror of `Tally.thresholdUp`. */
export function thresholdUp(bps: number, attestations: number): number {
  return Math.ceil((bps * attestations) / BPS)
}

/**
 * Sorts a lot's items by the votes on them: what {settle} finds. Mirror of `Ballot.result`.
 *
 * @param acceptBps - Part of the attestations that accepts or rejects an item, in basis points.
 */
export function tally({
  attestations,
  itemCount,
  acceptBps,
}: {
  attestations: readonly Pick<Votes, 'accepted' | 'rejected'>[]
  itemCount: number
  acceptBps: number
}): { accepted: bigint; rejected: bigint; undecided: bigint } {
  const threshold = thresholdUp(acceptBps, attestations.length)
  const items = itemsMask(itemCount)
  const accepted = atLeast(countAccepts(attestations), threshold)
  const rejected = atLeast(
    attestations.reduce((counter, votes) => addVotes(counter, votes.rejected), newCounter()),
    threshold,
  )
  return { accepted, rejected, undecided: items & ~(accepted | rejected) }
}

export function countAccepts(attestations: readonly Pick<Votes, 'accepted'>[]): Counter {
  return attestations.reduce((counter, votes) => addVotes(counter, votes.accepted), newCounter())
}

/**
 * What a seat's votes tell beyond its habit: leave-one-out covariance of its accepts with the other seats' majority,
 * times the square of the item count, floored at zero. Mirror of `Information.score`.
 *
 * @param accepts - The seat's own word, included in `counter`.
 */
export function informationScore({
  counter,
  accepts,
  attestations,
  itemCount,
}: {
  counter: Counter
  accepts: bigint
  attestations: number
  itemCount: number
}): bigint {
  const threshold = Math.floor((attestations - 1) / 2) + 1
  const majority =
    ((accepts & atLeast(counter, threshold + 1)) | (~accepts & atLeast(counter, threshold))) & itemsMask(itemCount)
  const together = itemCount * popcount(accepts & majority)
  const apart = popcount(accepts) * popcount(majority)
  return BigInt(Math.max(0, together - apart))
}

/**
 * Splits a lot's fee between those who attested: half evenly, half by information, all evenly when nobody informed.
 * Rounded down. Mirror of `Ballot.split`.
 *
 * @returns Wei for each attestation in order, and their sum.
 */
export function splitFee({
  attestations,
  itemCount,
  fee,
}: {
  attestations: readonly Pick<Votes, 'accepted'>[]
  itemCount: number
  fee: bigint
}): { pay: bigint[]; paid: bigint } {
  const counter = countAccepts(attestations)
  const count = attestations.length
  const scores = attestations.map(({ accepted }) =>
    informationScore({ counter, accepts: accepted, attestations: count, itemCount }),
  )
  const sum = scores.reduce((a, b) => a + b, 0n)
  const even = (sum === 0n ? fee : fee - fee / 2n) / BigInt(count)
  const pay = scores.map((score) => even + (sum === 0n ? 0n : ((fee / 2n) * score) / sum))
  return { pay, paid: pay.reduce((a, b) => a + b, 0n) }
}
