import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { bmpOf, draw, sharpOf } from '../samples/pictures.ts'
import { concat, type HostileCase, latin1, uint } from './case.ts'
import { zipOf } from './zip.ts'

const SCRIPT = '<script>alert(document.domain)</script>'

function file(name: string, bytes: Uint8Array, expect: HostileCase['expect'] = 'reject'): HostileCase {
  const format = name.slice(name.lastIndexOf('.') + 1) as HostileCase['format']
  return { name, format, bytes, expect }
}

export async function hostileImages(): Promise<HostileCase[]> {
  const picture = await draw('harbour', 91, 160, 120)
  const png = await sharpOf(picture).png().toBuffer()
  const jpg = await sharpOf(picture).jpeg().toBuffer()
  const webp = await sharpOf(picture).webp().toBuffer()
  const tiff = await sharpOf(picture).tiff({ compression: 'none' }).toBuffer()
  return [
    ...pngs(png),
    ...jpegs(
      jpg,
      await sharpOf(picture)
        .jpeg()
        .withExif({ IFD0: { ImageDescription: SCRIPT } })
        .toBuffer(),
    ),
    ...webps(webp),
    ...tiffs(tiff),
    ...bmps(Buffer.from(bmpOf(picture))),
    ...(await disguises(jpg)),
    ...(await pointless()),
  ]
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = concat(type, data)
  return concat(uint(data.length, 4, 'big'), body, uint(crc32(body), 4, 'big'))
}

function pngWith(
  width: number,
  height: number,
  idat: Uint8Array,
  options: { depth?: number; colour?: number; interlace?: number } = {},
): Buffer {
  const { depth = 8, colour = 2, interlace = 0 } = options
  const header = concat(uint(width, 4, 'big'), uint(height, 4, 'big'), Buffer.from([depth, colour, 0, 0, interlace]))
  return concat(
    Buffer.from([0x89]),
    'PNG\r\n\x1a\n',
    chunk('IHDR', header),
    chunk('IDAT', idat),
    chunk('IEND', Buffer.alloc(0)),
  )
}

function pngs(good: Buffer): HostileCase[] {
  const zeros = deflateSync(Buffer.alloc(60_000_000), { level: 9 })
  const badCrc = Buffer.from(good)
  badCrc[good.indexOf('IDAT') + 40]! ^= 0xff
  const before = good.indexOf('IDAT') - 4
  const withChunk = (type: string, data: Uint8Array | string) =>
    concat(good.subarray(0, before), chunk(type, typeof data === 'string' ? latin1(data) : data), good.subarray(before))
  return [
    file('claims-65535-squared.png', pngWith(65_535, 65_535, deflateSync(Buffer.alloc(100)))),
    file('claims-two-to-the-31.png', pngWith(2 ** 31 - 1, 2 ** 31 - 1, deflateSync(Buffer.alloc(10)))),
    file('no-width.png', pngWith(0, 10, deflateSync(Buffer.alloc(10)))),
    file('pixel-bomb.png', pngWith(20_000, 20_000, zeros)),
    file(
      'black-bomb-within-limit.png',
      pngWith(7_900, 7_900, deflateSync(Buffer.alloc(7_900 * (7_900 * 3 + 1)), { level: 9 })),
    ),
    file('more-data-than-pixels.png', pngWith(32, 32, zeros)),
    file('less-data-than-pixels.png', pngWith(500, 500, deflateSync(Buffer.alloc(3_000)))),
    file('not-deflated.png', pngWith(50, 50, Buffer.alloc(400, 0x55))),
    file('bad-depth.png', pngWith(50, 50, deflateSync(Buffer.alloc(9_000)), { depth: 7 })),
    file('bad-colour.png', pngWith(50, 50, deflateSync(Buffer.alloc(9_000)), { colour: 5 })),
    file('no-palette.png', pngWith(50, 50, deflateSync(Buffer.alloc(2_550)), { colour: 3 })),
    file('bad-interlace.png', pngWith(50, 50, deflateSync(Buffer.alloc(9_000)), { interlace: 9 })),
    file('bad-checksum.png', badCrc),
    file('cut.png', good.subarray(0, good.length * 0.6)),
    file('header-only.png', good.subarray(0, 33)),
    file(
      'chunk-says-two-gigabytes.png',
      concat(good.subarray(0, before), uint(0x7fffffff, 4, 'big'), 'tEXt', good.subarray(before)),
    ),
    file('text-script.png', withChunk('tEXt', `Comment\0${SCRIPT}`)),
    file('international-script.png', withChunk('iTXt', `Title\0\0\0\0\0${SCRIPT}`)),
    file('compressed-text-bomb.png', withChunk('zTXt', concat('Comment\0\0', zeros)), 'either'),
    file('profile-bomb.png', withChunk('iCCP', concat('icc\0\0', zeros)), 'either'),
    file(
      'ten-thousand-chunks.png',
      concat(
        good.subarray(0, before),
        ...Array.from({ length: 10_000 }, () => chunk('tEXt', latin1('a\0b'))),
        good.subarray(before),
      ),
      'either',
    ),
    file('zip-behind.png', concat(good, zipOf([{ name: 'evil.js', data: latin1('alert(1)') }]))),
    file('html-behind.png', concat(good, `<html>${SCRIPT}</html>`)),
    file('executable-behind.png', concat(good, 'MZ', Buffer.alloc(2_000, 0x90))),
  ]
}

function jpegs(good: Buffer, exifScript: Buffer): HostileCase[] {
  const comment = (text: string) =>
    concat(good.subarray(0, 2), Buffer.from([0xff, 0xfe]), uint(text.length + 2, 2, 'big'), text, good.subarray(2))
  const frame = Math.max(good.indexOf(Buffer.from([0xff, 0xc0])), 0)
  const resized = Buffer.from(good)
  resized.writeUInt16BE(65_500, frame + 5)
  resized.writeUInt16BE(65_500, frame + 7)
  const noTables = Buffer.from(good)
  for (
    let at = noTables.indexOf(Buffer.from([0xff, 0xdb]));
    at >= 0;
    at = noTables.indexOf(Buffer.from([0xff, 0xdb]), at + 1)
  )
    noTables[at + 1] = 0xe5
  const flat = Buffer.from(good)
  flat.writeUInt16BE(0, frame + 7)
  return [
    file('claims-65500-squared.jpg', resized),
    file('no-width.jpg', flat),
    file('no-quantisation.jpg', noTables),
    file('cut.jpg', good.subarray(0, good.length / 2)),
    file('start-only.jpg', concat(good.subarray(0, 20), Buffer.alloc(300, 0xff))),
    file(
      'segment-says-more.jpg',
      concat(good.subarray(0, 2), Buffer.from([0xff, 0xe1, 0xff, 0xff]), good.subarray(2)),
      'either',
    ),
    file('comment-script.jpg', comment(SCRIPT)),
    file('comment-php.jpg', comment('<?php system($_GET[0]); ?>')),
    file('exif-script.jpg', exifScript),
    file('zip-behind.jpg', concat(good, zipOf([{ name: 'a.class', data: Buffer.alloc(50) }]))),
    file('html-behind.jpg', concat(good, `<!doctype html>${SCRIPT}`)),
    file('pdf-behind.jpg', concat(good, '%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF')),
    file(
      'markers-without-end.jpg',
      concat(good.subarray(0, 2), ...Array.from({ length: 50_000 }, () => Buffer.from([0xff, 0xfe, 0, 2]))),
    ),
  ]
}

function webps(good: Buffer): HostileCase[] {
  const shortened = Buffer.from(good)
  shortened.writeUInt32LE(30, 4)
  const canvas = concat(
    'RIFF',
    uint(30, 4, 'little'),
    'WEBPVP8X',
    uint(10, 4, 'little'),
    Buffer.from([0x02, 0, 0, 0]),
    uint(0xffffff, 3, 'little'),
    uint(0xffffff, 3, 'little'),
    Buffer.alloc(40),
  )
  const junk = Buffer.from(good)
  junk.fill(0xa5, Math.floor(good.length / 2))
  return [
    file('cut.webp', good.subarray(0, good.length / 2)),
    file('size-says-less.webp', shortened, 'either'),
    file('canvas-of-terapixels.webp', canvas),
    file('header-only.webp', good.subarray(0, 20)),
    file(
      'lossless-junk.webp',
      concat(
        'RIFF',
        uint(116, 4, 'little'),
        'WEBPVP8L',
        uint(104, 4, 'little'),
        Buffer.from([0x2f, 0xff, 0xff, 0xff, 0x0f]),
        Buffer.alloc(99, 0x99),
      ),
    ),
    file('damaged-half.webp', junk, 'either'),
    file('zip-behind.webp', concat(good, zipOf([{ name: 'x', data: latin1('x') }]))),
  ]
}

function tiffOf(
  tags: readonly [tag: number, type: number, count: number, value: number][],
  next = 0,
  data: Uint8Array = Buffer.alloc(64),
): Buffer {
  const entries = tags.map(([tag, type, count, value]) =>
    concat(uint(tag, 2, 'little'), uint(type, 2, 'little'), uint(count, 4, 'little'), uint(value, 4, 'little')),
  )
  return concat(
    'II*\0',
    uint(8, 4, 'little'),
    uint(tags.length, 2, 'little'),
    ...entries,
    uint(next, 4, 'little'),
    data,
  )
}

function tiffs(good: Buffer): HostileCase[] {
  const tags = (
    width: number,
    height: number,
    more: [number, number, number, number][] = [],
  ): [number, number, number, number][] => [
    [256, 4, 1, width],
    [257, 4, 1, height],
    [258, 3, 1, 8],
    [259, 3, 1, 1],
    [262, 3, 1, 1],
    [273, 4, 1, 122],
    [277, 3, 1, 1],
    [278, 4, 1, height],
    [279, 4, 1, 64],
    ...more,
  ]
  return [
    file('claims-65535-squared.tiff', tiffOf(tags(65_535, 65_535))),
    file('directory-loop.tiff', tiffOf(tags(8, 8), 8)),
    file('no-directory.tiff', latin1('II*\0\xff\xff\xff\x7f')),
    file(
      'strip-outside.tiff',
      tiffOf(tags(300, 300).map(([tag, ...rest]) => (tag === 273 ? [273, 4, 1, 0x7fffff00] : [tag, ...rest]))),
    ),
    file('no-bits.tiff', tiffOf(tags(64, 64).map(([tag, ...rest]) => (tag === 258 ? [258, 3, 1, 0] : [tag, ...rest])))),
    file(
      'a-billion-strips.tiff',
      tiffOf(tags(64, 64).map(([tag, ...rest]) => (tag === 273 ? [273, 4, 1_000_000_000, 122] : [tag, ...rest]))),
    ),
    file(
      'a-thousand-samples.tiff',
      tiffOf(tags(64, 64).map(([tag, ...rest]) => (tag === 277 ? [277, 3, 1, 60_000] : [tag, ...rest]))),
    ),
    file('cut.tiff', good.subarray(0, good.length / 2)),
    file(
      'unknown-compression.tiff',
      tiffOf(tags(64, 64).map(([tag, ...rest]) => (tag === 259 ? [259, 3, 1, 9_999] : [tag, ...rest]))),
    ),
    file('big-tiff-lies.tiff', concat('II+\0\x08\0\0\0', Buffer.alloc(8, 0xff), Buffer.alloc(60))),
  ]
}

function bmps(good: Buffer): HostileCase[] {
  const changed = (change: (bmp: Buffer) => void) => {
    const copy = Buffer.from(good)
    change(copy)
    return copy
  }
  return [
    file(
      'claims-gigapixels.bmp',
      changed((bmp) => bmp.writeInt32LE(2_000_000_000, 18)),
    ),
    file(
      'negative-width.bmp',
      changed((bmp) => bmp.writeInt32LE(-100, 18)),
    ),
    file(
      'least-height.bmp',
      changed((bmp) => bmp.writeInt32LE(-(2 ** 31), 22)),
    ),
    file(
      'pixels-outside.bmp',
      changed((bmp) => bmp.writeUInt32LE(0xfffffff0, 10)),
    ),
    file(
      'no-bits.bmp',
      changed((bmp) => bmp.writeUInt16LE(0, 28)),
    ),
    file(
      'odd-bits.bmp',
      changed((bmp) => bmp.writeUInt16LE(13, 28)),
    ),
    file(
      'four-billion-colours.bmp',
      changed((bmp) => {
        bmp.writeUInt16LE(8, 28)
        bmp.writeUInt32LE(0xffffffff, 46)
      }),
    ),
    file(
      'unknown-compression.bmp',
      changed((bmp) => bmp.writeUInt32LE(77, 30)),
    ),
    file(
      'endless-runs.bmp',
      changed((bmp) => {
        bmp.writeUInt16LE(8, 28)
        bmp.writeUInt32LE(1, 30)
        bmp.fill(0, 54)
      }),
    ),
    file('cut.bmp', good.subarray(0, good.length / 2)),
    file(
      'upside-down.bmp',
      changed((bmp) => bmp.writeInt32LE(-bmp.readInt32LE(22), 22)),
      'either',
    ),
    file('zip-behind.bmp', concat(good, zipOf([{ name: 'x', data: latin1('x') }]))),
  ]
}

async function disguises(jpg: Buffer): Promise<HostileCase[]> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="99999" height="99999"><image href="file:///etc/passwd"/>${SCRIPT}</svg>`
  return [
    file('drawing.png', latin1(svg)),
    file('page.jpg', latin1(`<!doctype html>${SCRIPT}`)),
    file(
      'animation.png',
      await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
        .gif()
        .toBuffer(),
    ),
    file('jpeg.webp', jpg),
    file('zip.tiff', zipOf([{ name: 'a', data: latin1('a') }])),
    file('random.jpg', Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * at * 31) & 255))),
    file('nothing.png', Buffer.alloc(0)),
    file('zeros.bmp', Buffer.alloc(4_000)),
  ]
}

async function pointless(): Promise<HostileCase[]> {
  const plain = (background: string) =>
    sharp({ create: { width: 200, height: 150, channels: 3, background } })
      .png()
      .toBuffer()
  const noise = Buffer.from(
    Array.from({ length: 256 * 256 * 3 }, (_, at) => (Math.imul(at + 1, 0x9e3779b1) >>> 13) & 255),
  )
  return [
    file('all-black.png', await plain('#000')),
    file('all-white.png', await plain('#fff')),
    file('one-grey.png', await plain('#777')),
    file(
      'noise.png',
      await sharp(noise, { raw: { width: 256, height: 256, channels: 3 } })
        .png()
        .toBuffer(),
    ),
    file(
      'one-pixel.png',
      await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
        .png()
        .toBuffer(),
    ),
  ]
}
