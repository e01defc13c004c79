import { expect } from 'chai'
import * as fc from 'fast-check'
import { getAddress, numberToHex } from 'viem'
import { InvalidIdError, InvalidScoresError, OutOfRangeError } from '../errors/values.ts'
import { bitsOf, itemsMask, popcount, wordOf } from './bitmaps.ts'
import { itemsOf, packEntry } from './entry.ts'
import { formatContributionId, formatLotId, parseContributionId, parseLotId, toContributionId, toLotId } from './ids.ts'
import { type LeaderboardEvent, leaderboardOf } from './leaderboard.ts'
import { packSeats, unpackSeats } from './seats.ts'
import { SHARE_TOTAL, toShares } from './shares.ts'
import { tally, thresholdUp } from './tally.ts'

const accountAt = (index: number) => getAddress(numberToHex(index + 1, { size: 20 }))

describe('ids', () => {
  it('read as people write them', () => {
    const lotId = toLotId({ datanetId: 3n, number: 12 })
    expect(formatLotId(lotId)).to.equal('3-12')
    expect(formatContributionId(toContributionId({ lotId, index: 7 }))).to.equal('3-12-7')
    expect(parseContributionId('3-12-7')).to.equal((lotId << 8n) | 7n)
  })

  it('survive their text form', () => {
    fc.assert(
      fc.property(
        fc.bigInt(1n, 2n ** 64n - 1n),
        fc.bigInt(0n, 2n ** 32n - 1n),
        fc.nat(255),
        (datanetId, number, index) => {
          const lotId = toLotId({ datanetId, number })
          expect(parseLotId(formatLotId(lotId))).to.equal(lotId)
          const id = toContributionId({ lotId, index })
          expect(parseContributionId(formatContributionId(id))).to.equal(id)
        },
      ),
    )
  })

  it('error: InvalidIdError', () => {
    for (const text of ['', '3', '3-12-256', '0-1', '3-4294967296', '3-01', ' 3-1', '3-1-1-1', '3_1'])
      expect(() => parseContributionId(text), text).to.throw(InvalidIdError)
  })
})

describe('bitmaps', () => {
  it('agree with sets', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(255)), (bits) => {
        const word = wordOf(bits)
        expect(bitsOf(word)).to.deep.equal(bits.toSorted((a, b) => a - b))
        expect(popcount(word)).to.equal(bits.length)
      }),
    )
    expect(popcount(itemsMask(256))).to.equal(256)
  })

  it('error: OutOfRangeError', () => {
    expect(() => wordOf([256])).to.throw(OutOfRangeError)
    expect(() => packSeats(Array.from({ length: 16 }, () => 1))).to.throw(OutOfRangeError)
    const entry = { contributor: accountAt(0), first: 0, count: 257, totalBytes: 1, formats: 1, enteredBlock: 1n }
    expect(() => packEntry(entry)).to.throw(OutOfRangeError)
  })

  it('hold seats in order', () => {
    expect(unpackSeats(packSeats([5, 1, 65_535]))).to.deep.equal([5, 1, 65_535])
    expect(unpackSeats(0n)).to.deep.equal([])
  })
})

describe('tally', () => {
  const word = fc.bigInt(0n, 2n ** 256n - 1n)
  it('equals a plain count for every number of seats', () => {
    const votes = fc.array(fc.tuple(word, word), { minLength: 1, maxLength: 15 })
    fc.assert(
      fc.property(
        votes,
        fc.integer({ min: 1, max: 256 }),
        fc.integer({ min: 5_001, max: 10_000 }),
        (raw, itemCount, acceptBps) => {
          const items = itemsMask(itemCount)
          const attestations = raw.map(([a, r]) => ({ accepted: a & items, rejected: r & ~a & items }))
          const { accepted, rejected, undecided } = tally({ attestations, itemCount, acceptBps })
          const threshold = thresholdUp(acceptBps, attestations.length)
          for (let item = 0; item < itemCount; item++) {
            const bit = 1n << BigInt(item)
            const forIt = attestations.filter((votes) => votes.accepted & bit).length
            const against = attestations.filter((votes) => votes.rejected & bit).length
            expect((accepted & bit) !== 0n).to.equal(forIt >= threshold)
            expect((rejected & bit) !== 0n).to.equal(against >= threshold)
            expect((undecided & bit) !== 0n).to.equal(forIt < threshold && against < threshold)
          }
          expect(accepted & rejected).to.equal(0n)
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('shares', () => {
  it('always add up to one whole, and harm earns nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), {
          minLength: 1,
          maxLength: 200,
        }),
        (scores) => {
          const shares = toShares(scores)
          expect(shares.reduce((a, b) => a + b, 0n)).to.equal(SHARE_TOTAL)
          if (scores.some((score) => score > 0))
            for (const [index, share] of shares.entries()) if (share > 0n) expect(scores[index]).to.be.greaterThan(0)
        },
      ),
    )
  })

  it('are equal where no score is positive, for those with a place', () => {
    expect(toShares(['-1', '0', '-0.5'], { hasPlace: [true, false, true] })).to.deep.equal([
      500_000_000n,
      0n,
      500_000_000n,
    ])
  })

  it('error: InvalidScoresError', () => {
    expect(() => toShares([])).to.throw(InvalidScoresError)
    expect(() => toShares([Number.NaN])).to.throw(InvalidScoresError)
    expect(() => toShares(['1,5'])).to.throw(InvalidScoresError)
    expect(() => toShares(['1'], { hasPlace: [false] })).to.throw(InvalidScoresError)
  })
})

describe('leaderboard', () => {
  /** A history of lots with one submission each. */
  type Story = { contributor: number; count: number; accepted: bigint }
  function history(stories: readonly Story[]): LeaderboardEvent[] {
    return stories.flatMap(({ accepted, contributor, count }, number): LeaderboardEvent[] => {
      const lot = toLotId({ datanetId: 1n, number })
      const account = accountAt(contributor)
      const entry = packEntry({
        contributor: account,
        first: 0,
        count,
        totalBytes: count,
        formats: 1,
        enteredBlock: 1n,
      })
      const word = accepted & itemsOf({ first: 0, count })
      const at = (logIndex: number) => ({ blockNumber: BigInt(number + 1), logIndex })
      const paid = popcount(word)
      return [
        { ...at(0), eventName: 'Submitted', args: { lot, entry } },
        { ...at(1), eventName: 'LotSettled', args: { lot, accepted: word, undecided: 0n } },
        ...(paid
          ? [
              {
                ...at(2),
                eventName: 'Accrued' as const,
                args: { lot, contributor: account, count: BigInt(paid), amount: BigInt(paid) },
              },
            ]
          : []),
      ]
    })
  }
  const story = fc.record({
    contributor: fc.nat(5),
    count: fc.integer({ min: 1, max: 20 }),
    accepted: fc.bigInt(0n, 2n ** 20n - 1n),
  })

  it('counts what was accepted and ranks by it alone', () => {
    const rows = leaderboardOf(
      history([
        { contributor: 0, count: 3, accepted: 0b001n },
        { contributor: 1, count: 1, accepted: 0b1n },
        { contributor: 2, count: 4, accepted: 0b1111n },
      ]),
    )
    expect(rows.map(({ account, rank, rejected, score }) => [rank, account, score, rejected])).to.deep.equal([
      [1, accountAt(2), 4, 0],
      [2, accountAt(0), 1, 2],
      [3, accountAt(1), 1, 0],
    ])
    expect(rows[1]!.acceptanceRate?.toFixed(12)).to.equal('0.333333333333')
  })

  it('is the same whatever order events come in', () => {
    fc.assert(
      fc.property(fc.array(story, { maxLength: 20 }), fc.nat(), (stories, seed) => {
        const events = history(stories)
        const shuffled = events.toSorted(
          (a, b) =>
            ((Number(a.blockNumber) * 31 + a.logIndex * 7 + seed) % 17) -
            ((Number(b.blockNumber) * 31 + b.logIndex * 7 + seed) % 17),
        )
        expect(leaderboardOf(shuffled)).to.deep.equal(leaderboardOf(events))
      }),
    )
  })

  it('never ranks anyone lower for a rejection', () => {
    fc.assert(
      fc.property(
        fc.array(story, { minLength: 1, maxLength: 15 }),
        fc.nat(5),
        fc.integer({ min: 1, max: 20 }),
        (stories, contributor, count) => {
          const before = leaderboardOf(history(stories))
          const after = leaderboardOf(history([...stories, { contributor, count, accepted: 0n }]))
          for (const row of before) {
            const then = after.find(({ account }) => account === row.account)!
            expect(then.score).to.equal(row.score)
            if (row.score > 0) expect(then.rank).to.equal(row.rank)
          }
        },
      ),
    )
  })

  it('keeps pending, lapsed, appealed and revoked items apart', () => {
    const lot = toLotId({ datanetId: 2n, number: 0 })
    const entry = packEntry({
      contributor: accountAt(0),
      first: 0,
      count: 4,
      totalBytes: 4,
      formats: 1,
      enteredBlock: 1n,
    })
    const at = (logIndex: number) => ({ blockNumber: 1n, logIndex })
    const events: LeaderboardEvent[] = [
      { ...at(0), eventName: 'Submitted', args: { lot, entry } },
      { ...at(1), eventName: 'LotSettled', args: { lot, accepted: 0b0011n, undecided: 0b0100n } },
      { ...at(2), eventName: 'DuplicateRevoked', args: { lot, index: 1n } },
    ]
    const [settled] = leaderboardOf(events)
    expect(settled).to.deep.include({ accepted: 1, revoked: 1, undecided: 1, rejected: 1, pending: 0, score: 0 })
    const [appealed] = leaderboardOf([...events, { ...at(3), eventName: 'LotAppealed', args: { lot } }])
    expect(appealed).to.deep.include({ pending: 4, accepted: 0 })
    const [lapsed] = leaderboardOf([events[0]!, { ...at(4), eventName: 'LotLapsed', args: { lot } }])
    expect(lapsed).to.deep.include({ lapsed: 4, pending: 0, acceptanceRate: null })
    expect(leaderboardOf(events, { datanetId: 1n })).to.deep.equal([])
  })
})
