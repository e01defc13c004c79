import { toCompactSignature } from '@datanets/sdk/utils'
import Database from 'better-sqlite3'
import { expect } from 'chai'
import fc from 'fast-check'
import { numberToHex } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import {
  isWellFormed,
  type SignedVotes,
  signerOf,
  typedDataOf,
  type Votes,
  votesOfText,
  votesText,
} from './attestation.ts'
import { AttestationBook } from './book.ts'
import { fromWire, toWire } from './wire.ts'

const place = { chainId: 31337, contract: '0x00000000000000000000000000000000000000cc' } as const
const digest = `0x${'1'.repeat(64)}` as const
const report = `0x${'2'.repeat(64)}` as const
const key = privateKeyToAccount(generatePrivateKey())

async function signed(votes: Votes, validatorId = 1): Promise<SignedVotes> {
  const signature = await key.signTypedData(typedDataOf(place, digest, votes))
  return { digest, validatorId, ...votes, ...toCompactSignature(signature) }
}

describe('votes', () => {
  it('have one text, which gives them back', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
        fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
        (accepted, rejected) => {
          const votes = { accepted, rejected, report }
          expect(votesOfText(votesText(votes))).to.deep.equal(votes)
        },
      ),
    )
    expect(
      votesText({ accepted: 1n, rejected: 0n, report: report.toUpperCase().replace('0X', '0x') as typeof report }),
    ).to.equal(votesText({ accepted: 1n, rejected: 0n, report }))
  })

  it('are well formed when they are disjoint and about items the lot has', () => {
    const of = (accepted: bigint, rejected: bigint) => isWellFormed({ accepted, rejected, report }, 3)
    expect([of(0b101n, 0b010n), of(0n, 0n), of(0b001n, 0b001n), of(0b1000n, 0n)]).to.deep.equal([
      true,
      true,
      false,
      false,
    ])
  })
})

describe('signerOf', () => {
  it('recovers the key that signed these votes on this lot at this place', async () => {
    const attestation = await signed({ accepted: 5n, rejected: 2n, report })
    expect(await signerOf(place, digest, attestation)).to.equal(key.address)
  })

  it('recovers somebody else for any other lot, place or vote (T13)', async () => {
    const attestation = await signed({ accepted: 5n, rejected: 2n, report })
    const others = await Promise.all([
      signerOf(place, report, attestation),
      signerOf({ ...place, chainId: 1 }, digest, attestation),
      signerOf({ ...place, contract: '0x00000000000000000000000000000000000000dd' }, digest, attestation),
      signerOf(place, digest, { ...attestation, accepted: 4n }),
      signerOf(place, digest, { ...attestation, rejected: 0n }),
      signerOf(place, digest, { ...attestation, report: digest }),
    ])
    for (const other of others) expect(other).to.not.equal(key.address)
  })

  it('is nobody for what is no signature', async () => {
    expect(
      await signerOf(place, digest, { accepted: 1n, rejected: 0n, report, r: digest, vs: `0x${'f'.repeat(64)}` }),
    ).to.equal(undefined)
  })
})

describe('AttestationBook', () => {
  const book = () => new AttestationBook(new Database(':memory:'))

  it('keeps each attestation once', async () => {
    const attestation = await signed({ accepted: 1n, rejected: 0n, report })
    const kept = book()
    expect([kept.add(attestation), kept.add(attestation)]).to.deep.equal([true, false])
    expect(kept.of(digest)).to.deep.equal([attestation])
  })

  it('keeps a second, different one of the same validator as proof of fault, and no third', async () => {
    const kept = book()
    const three = await Promise.all([1n, 2n, 4n].map((accepted) => signed({ accepted, rejected: 0n, report })))
    for (const attestation of three) kept.add(attestation)
    kept.add(await signed({ accepted: 1n, rejected: 0n, report }, 2))
    expect(kept.of(digest)).to.have.length(3)
    const [pair, ...rest] = kept.contradictions(digest)
    expect(rest).to.have.length(0)
    expect(pair!.map(({ validatorId }) => validatorId)).to.deep.equal([1, 1])
    expect(pair![0]!.accepted).to.not.equal(pair![1]!.accepted)
  })
})

describe('the wire', () => {
  it('gives back what was sent', async () => {
    const attestations = [await signed({ accepted: 2n ** 255n, rejected: 1n, report })]
    expect(fromWire(JSON.parse(JSON.stringify(toWire(attestations))))).to.deep.equal(attestations)
  })

  it('drops whatever has another shape, and never throws', () => {
    fc.assert(fc.property(fc.anything(), (answer) => Array.isArray(fromWire(answer))))
    const wrong = [
      {},
      { attestations: 1 },
      { attestations: [null, { digest: '0x1' }, { digest, validatorId: 70_000 }] },
    ]
    for (const answer of wrong) expect(fromWire(answer)).to.deep.equal([])
  })

  it('reads no more than a lot can have', async () => {
    const one = toWire([await signed({ accepted: 1n, rejected: 0n, report })]).attestations[0]!
    const many = Array.from({ length: 1_000 }, (_, at) => ({ ...one, accepted: numberToHex(at, { size: 32 }) }))
    expect(fromWire({ attestations: many })).to.have.length(64)
  })
})
