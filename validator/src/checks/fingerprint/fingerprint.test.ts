import { expect } from 'chai'
import fc from 'fast-check'
import { writeText } from '../../../../bench/validator/texts.ts'
import { draw, sharpOf } from '../../../../scripts/samples/pictures.ts'
import { seeded } from '../../../../scripts/samples/random.ts'
import { decodeImage } from '../decode/image.ts'
import { lumaOf } from '../decode/luma.ts'
import { DEFAULT_DECODE_LIMITS } from '../index.ts'
import { powerSpectrum } from './fft.ts'
import { HASH_BITS, HASH_WORDS, hashesOf, imageFingerprint, MIRROR } from './image.ts'
import { binsOf, minhashSimilarity, textFingerprint, wordsOf } from './text.ts'
import { fromBase64, popcount, toBase64 } from './words.ts'

describe('words', function () {
  this.timeout(20_000)
  it('survive the way to base64 and back', () => {
    fc.assert(
      fc.property(fc.uint32Array(), (words) => {
        expect(fromBase64(toBase64(words))).to.deep.equal(words)
      }),
    )
  })

  it('count their bits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (word) => {
        expect(popcount(word)).to.equal([...word.toString(2)].filter((bit) => bit === '1').length)
      }),
    )
  })
})

describe('powerSpectrum', function () {
  this.timeout(20_000)
  it('equals the transform written out', () => {
    const random = seeded(1)
    const signal = Float64Array.from({ length: 64 }, () => random() - 0.5)
    const fast = powerSpectrum(signal)
    for (let bin = 0; bin < 32; bin++) {
      let re = 0
      let im = 0
      signal.forEach((value, at) => {
        re += value * Math.cos((2 * Math.PI * bin * at) / 64)
        im -= value * Math.sin((2 * Math.PI * bin * at) / 64)
      })
      expect(fast[bin]).to.be.closeTo(re * re + im * im, 1e-9)
    }
  })
})

describe('textFingerprint', function () {
  this.timeout(20_000)
  function jaccard(a: string, b: string): number {
    const shingles = (text: string) => {
      const words = wordsOf(text)
      return new Set(words.slice(2).map((_, at) => words.slice(at, at + 3).join(' ')))
    }
    const [left, right] = [shingles(a), shingles(b)]
    const shared = [...left].filter((shingle) => right.has(shingle)).length
    return shared / (left.size + right.size - shared)
  }

  it('estimates the Jaccard similarity within its error', () => {
    for (const share of [0, 0.02, 0.05, 0.1, 0.2]) {
      const random = seeded(9)
      const text = Array.from({ length: 6 }, (_, at) => writeText(at + 50)).join(' ')
      const edited = text
        .split(' ')
        .map((word) => (random() < share ? 'changed' : word))
        .join(' ')
      const estimate = minhashSimilarity(binsOf(textFingerprint(text)), binsOf(textFingerprint(edited)))
      // Four standard errors of 128 bins at worst.
      expect(estimate).to.be.closeTo(jaccard(text, edited), 0.18)
    }
  })

  it('does not see case, punctuation or layout', () => {
    const text = writeText(4)
    expect(textFingerprint(`  ${text.toUpperCase().replaceAll('. ', '!\n\n- ')}`).words).to.equal(
      textFingerprint(text).words,
    )
  })

  it('holds nothing for a text without words', () => expect(textFingerprint(' …!\n').shingles).to.equal(0))
})

describe('imageFingerprint', function () {
  this.timeout(20_000)
  const distance = (a: Uint32Array, b: Uint32Array) => {
    let sum = 0
    for (let word = 0; word < HASH_WORDS; word++) sum += popcount(a[word]! ^ b[word]!)
    return sum
  }

  it('mirrors by its mask', async () => {
    const picture = await draw('harbour', 8, 320, 240)
    const own = hashesOf(imageFingerprint(lumaOf(picture.data, 320, 240, 3)))
    const flipped = await decodeImage(await sharpOf(picture).flop().png().toBuffer(), 'png', DEFAULT_DECODE_LIMITS)
    if (flipped.modality !== 'image') throw flipped
    const mirrored = own.map((word, at) => (word ^ MIRROR[at % HASH_WORDS]!) >>> 0)
    expect(distance(mirrored, hashesOf(imageFingerprint(flipped.luma)))).to.be.at.most(3)
    expect(distance(own, mirrored)).to.be.within(HASH_BITS / 4, (3 * HASH_BITS) / 4)
  })

  it('takes pictures smaller than its thumbnail', () => {
    const luma = lumaOf(
      Uint8Array.from({ length: 5 * 3 * 3 }, (_, at) => at * 5),
      5,
      3,
      3,
    )
    expect(hashesOf(imageFingerprint(luma))).to.have.length.greaterThan(0)
  })
})

describe('lumaOf', function () {
  this.timeout(20_000)
  it('averages whole boxes in whole numbers, also at ragged edges', () => {
    const pixels = new Uint8Array(1_025 * 3).fill(100)
    pixels.fill(200, 1_024 * 3)
    const { width, height, data } = lumaOf(pixels, 1_025, 1, 3)
    expect([width, height]).to.deep.equal([342, 1])
    expect(data[0]).to.equal(100)
    expect(data[341]).to.equal(150)
  })
})
