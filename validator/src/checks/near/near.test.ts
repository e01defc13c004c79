import { expect } from 'chai'
import { measureNearDuplicates } from '../../../../bench/validator/near-duplicates.ts'
import { seeded } from '../../../../scripts/samples/random.ts'
import { toBase64 } from '../fingerprint/words.ts'
import { type Fingerprint, FingerprintKindError, MODALITIES, nearDuplicateIndex } from '../index.ts'
import { Postings } from './postings.ts'

const random = seeded(17)
const bins = (length = 128) => Uint32Array.from({ length }, () => Math.floor(random() * 2 ** 32))
const text = (words: Uint32Array): Fingerprint => ({ kind: 'minhash-128', shingles: 300, words: toBase64(words) })

describe('nearDuplicateIndex', function () {
  this.timeout(20_000)
  const originals = { text: 30, image: 20, audio: 3 }
  for (const modality of MODALITIES) {
    it(`finds the copies of ${modality} and takes no stranger for one`, async () => {
      const { recall, falsePositiveRate, copies, unrelated } = await measureNearDuplicates(
        modality,
        originals[modality],
      )
      expect(copies).to.be.greaterThan(20)
      expect(unrelated).to.be.greaterThan(10)
      expect(recall).to.be.at.least(0.95)
      expect(falsePositiveRate).to.be.at.most(0.005)
    }).timeout(120_000)

    it(`of ${modality} refuses a fingerprint of another kind`, () => {
      const other: Fingerprint = modality === 'text' ? { kind: 'dct-sign-128', words: '' } : text(bins())
      expect(() => nearDuplicateIndex(modality).add('x', other)).to.throw(FingerprintKindError)
      expect(() => nearDuplicateIndex(modality).query(other)).to.throw(FingerprintKindError)
    })

    it(`of ${modality} answers nothing while empty`, () => {
      const words = toBase64(bins(200))
      const own = {
        text: text(bins()),
        image: { kind: 'dct-sign-128', words } as const,
        audio: { kind: 'band-energy-32', words } as const,
      }
      expect(nearDuplicateIndex(modality).query(own[modality])).to.deep.equal([])
    })
  }

  it('lists the most alike first, and of equals the earlier', () => {
    const index = nearDuplicateIndex('text')
    const words = bins()
    const half = words.slice()
    half.set(bins(40), 0)
    index.add('half', text(half))
    index.add('first', text(words))
    index.add('second', text(words))
    expect(index.query(text(words)).map(({ id }) => id)).to.deep.equal(['first', 'second', 'half'])
    expect(index.query(text(words))[0]!.similarity).to.equal(1)
  })

  it('finds one text among 20,000 by looking at few of them', () => {
    const index = nearDuplicateIndex('text')
    const kept: Uint32Array[] = []
    for (let at = 0; at < 20_000; at++) {
      const words = bins()
      if (at % 4_000 === 7) kept.push(words)
      index.add(String(at), text(words))
    }
    kept.forEach((words, at) => {
      const copy = words.slice()
      copy.set(bins(30), 60)
      expect(index.query(text(copy))[0]?.id).to.equal(String(at * 4_000 + 7))
    })
  }).timeout(20_000)
})

describe('Postings', function () {
  this.timeout(20_000)
  it('keeps every value under its key, however often it grows', () => {
    const postings = new Postings()
    const keys = bins(400)
    for (let at = 0; at < 40_000; at++) postings.add(keys[at % 400]!, at)
    for (const [which, key] of keys.entries()) {
      const values: number[] = []
      postings.each(key, (value) => values.push(value))
      expect(values).to.deep.equal(Array.from({ length: 100 }, (_, at) => (99 - at) * 400 + which))
    }
  })
})
