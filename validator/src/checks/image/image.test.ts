import { expect } from 'chai'
import sharp from 'sharp'
import { draw, sharpOf } from '../../../../scripts/samples/pictures.ts'
import { codesOf, resultOf, verdictOf } from '../testing.ts'

const street = await draw('street', 3, 400, 300)
const png = (pixels: Buffer, side: number) =>
  sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer()
const plain = (background: string) =>
  sharp({ create: { width: 90, height: 60, channels: 3, background } })
    .png()
    .toBuffer()

describe('image checks', function () {
  this.timeout(20_000)
  const rejected: [string, () => Promise<Buffer>, string][] = [
    ['black', () => plain('#000'), 'under-exposed'],
    ['white', () => plain('#fff'), 'over-exposed'],
    ['one colour', () => plain('#579'), 'flat'],
    ['a smear', () => sharpOf(street).blur(25).png().toBuffer(), 'blurred'],
    [
      'noise',
      () =>
        png(Buffer.from(Array.from({ length: 3 * 128 * 128 }, (_, at) => Math.imul(at + 1, 0x9e3779b1) >>> 24)), 128),
      'noise',
    ],
    ['eight pixels a side', () => sharpOf(street).resize(8, 8).png().toBuffer(), 'too-small'],
  ]
  for (const [what, make, code] of rejected) {
    it(`reject ${what} as ${code}`, async () => expect(codesOf(await verdictOf(await make(), 'png'))).to.include(code))
  }

  it('refuse more pixels than the rules allow', async () => {
    const bytes = await sharpOf(street).png().toBuffer()
    expect(codesOf(await verdictOf(bytes, 'png', { pixels: { maxPixels: 119_999 } }))).to.deep.equal([
      'too-many-pixels',
    ])
    expect(codesOf(await verdictOf(bytes, 'png', { pixels: { maxPixels: 120_000 } }))).to.deep.equal([])
  })

  const unusual: [string, () => Promise<Buffer>, 'png' | 'jpg' | 'tiff' | 'webp'][] = [
    ['16 bit png', () => sharpOf(street).toColourspace('rgb16').png().toBuffer(), 'png'],
    ['grey with alpha', () => sharpOf(street).greyscale().ensureAlpha(0.5).png().toBuffer(), 'png'],
    ['palette', () => sharpOf(street).png({ palette: true }).toBuffer(), 'png'],
    ['cmyk jpeg', () => sharpOf(street).toColourspace('cmyk').jpeg().toBuffer(), 'jpg'],
    ['progressive jpeg', () => sharpOf(street).jpeg({ progressive: true }).toBuffer(), 'jpg'],
    ['lzw tiff', () => sharpOf(street).tiff({ compression: 'lzw' }).toBuffer(), 'tiff'],
    ['lossless webp', () => sharpOf(street).webp({ lossless: true }).toBuffer(), 'webp'],
  ]
  for (const [what, make, format] of unusual) {
    it(`take ${what}`, async () => expect(codesOf(await verdictOf(await make(), format))).to.deep.equal([]))
  }

  it('turn a picture the way its orientation tag says before measuring', async () => {
    const bytes = await sharpOf(street).jpeg().withMetadata({ orientation: 6 }).toBuffer()
    expect(resultOf(await verdictOf(bytes, 'jpg'), 'pixels')?.measured).to.equal('300x400')
  })

  it('measure sharper pictures as sharper', async () => {
    const variance = async (sigma: number) =>
      resultOf(await verdictOf(await sharpOf(street).blur(sigma).png().toBuffer(), 'png'), 'blur')!.measured as number
    const [a, b, c] = [await variance(0.4), await variance(1.5), await variance(5)]
    expect(a).to.be.greaterThan(b)
    expect(b).to.be.greaterThan(c)
  })
})
