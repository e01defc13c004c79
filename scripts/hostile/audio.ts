import { flacOf, mp3Of, wavOf } from '../samples/encoders.ts'
import { silenceOf, tune } from '../samples/sounds.ts'
import { concat, type HostileCase, latin1, uint } from './case.ts'
import { zipOf } from './zip.ts'

const SCRIPT = '<script>alert(1)</script>'

function file(name: string, bytes: Uint8Array, expect: HostileCase['expect'] = 'reject'): HostileCase {
  const format = name.slice(name.lastIndexOf('.') + 1) as HostileCase['format']
  return { name, format, bytes, expect }
}

export async function hostileAudio(): Promise<HostileCase[]> {
  const sound = tune(92, 1.5, 16_000)
  return [
    ...wavs(Buffer.from(wavOf(sound))),
    ...mp3s(Buffer.from(await mp3Of(tune(93, 1.5)))),
    ...flacs(Buffer.from(await flacOf(sound))),
  ]
}

function wavs(good: Buffer): HostileCase[] {
  const changed = (change: (wav: Buffer) => void) => {
    const copy = Buffer.from(good)
    change(copy)
    return copy
  }
  const floats = Buffer.alloc(64_000)
  for (let at = 0; at < floats.length; at += 4)
    floats.writeFloatLE(at % 8 === 0 ? Number.NaN : Number.POSITIVE_INFINITY, at)
  const floatHeader = changed((wav) => {
    wav.writeUInt16LE(3, 20)
    wav.writeUInt16LE(32, 34)
    wav.writeUInt16LE(4, 32)
  }).subarray(0, 44)
  const list = concat(
    'LIST',
    uint(SCRIPT.length + 13, 4, 'little'),
    'INFOINAM',
    uint(SCRIPT.length + 1, 4, 'little'),
    SCRIPT,
    '\0',
  )
  return [
    file(
      'data-says-four-gigabytes.wav',
      changed((wav) => wav.writeUInt32LE(0xfffffffe, 40)),
    ),
    file(
      'riff-says-nothing.wav',
      changed((wav) => wav.writeUInt32LE(0, 4)),
      'either',
    ),
    file(
      'no-hertz.wav',
      changed((wav) => wav.writeUInt32LE(0, 24)),
    ),
    file(
      'four-gigahertz.wav',
      changed((wav) => wav.writeUInt32LE(0xffffffff, 24)),
    ),
    file(
      'no-channels.wav',
      changed((wav) => wav.writeUInt16LE(0, 22)),
    ),
    file(
      '65535-channels.wav',
      changed((wav) => wav.writeUInt16LE(0xffff, 22)),
    ),
    file(
      'no-block.wav',
      changed((wav) => wav.writeUInt16LE(0, 32)),
    ),
    file(
      'no-bits.wav',
      changed((wav) => wav.writeUInt16LE(0, 34)),
    ),
    file(
      'odd-bits.wav',
      changed((wav) => wav.writeUInt16LE(13, 34)),
    ),
    file(
      'unknown-codec.wav',
      changed((wav) => wav.writeUInt16LE(0x4d2, 20)),
    ),
    file(
      'adpcm-without-blocks.wav',
      changed((wav) => {
        wav.writeUInt16LE(0x11, 20)
        wav.writeUInt16LE(0, 32)
      }),
    ),
    file('cut.wav', good.subarray(0, good.length / 2)),
    file('header-only.wav', good.subarray(0, 44)),
    file('no-data-chunk.wav', concat(good.subarray(0, 36), 'junk', uint(0x7fffffff, 4, 'little'))),
    file(
      'a-thousand-empty-chunks.wav',
      concat(good.subarray(0, 36), ...Array.from({ length: 1_000 }, () => 'junk\0\0\0\0'), good.subarray(36)),
      'either',
    ),
    file('not-a-number.wav', concat(floatHeader, floats)),
    file('silence.wav', wavOf(silenceOf(2))),
    file(
      'full-scale.wav',
      changed((wav) => {
        for (let at = 44; at < wav.length; at += 2) wav.writeInt16LE(at % 4 ? 32_767 : -32_768, at)
      }),
    ),
    file('one-sample.wav', concat(good.subarray(0, 40), uint(2, 4, 'little'), good.subarray(44, 46))),
    file(
      'title-script.wav',
      concat(good.subarray(0, 4), uint(good.length - 8 + list.length, 4, 'little'), good.subarray(8), list),
    ),
    file('zip-behind.wav', concat(good, zipOf([{ name: 'x', data: latin1('x') }]))),
    file('text.wav', latin1('RIFF but only words, no sound in it at all. '.repeat(40))),
  ]
}

function id3(frames: Buffer, size = frames.length): Buffer {
  const safe = Buffer.from([(size >> 21) & 127, (size >> 14) & 127, (size >> 7) & 127, size & 127])
  return concat('ID3\x03\0\0', safe, frames)
}

function textFrame(name: string, text: string): Buffer {
  return concat(name, uint(text.length + 1, 4, 'big'), '\0\0\0', text)
}

function mp3s(good: Buffer): HostileCase[] {
  // MPEG 2.5 layer III, 8 kbit/s, 8 kHz, mono: 72 bytes stand for 72 ms.
  const smallFrame = concat(Buffer.from([0xff, 0xe3, 0x18, 0xc4]), Buffer.alloc(68))
  const damaged = Buffer.from(good)
  for (let at = 500; at < good.length; at += 97) damaged[at]! ^= 0x5a
  return [
    file(
      'a-hundred-thousand-tags.mp3',
      concat(id3(Buffer.concat(Array.from({ length: 100_000 }, () => textFrame('TXXX', 'a')))), good),
      'either',
    ),
    file('tag-says-more.mp3', concat(id3(textFrame('TIT2', 'x'), 200_000_000), good)),
    file('frame-says-more.mp3', concat(id3(concat('TIT2\x7f\xff\xff\xff\0\0', Buffer.alloc(20))), good), 'either'),
    file('title-script.mp3', concat(id3(textFrame('TIT2', SCRIPT)), good)),
    file('comment-javascript.mp3', concat(id3(textFrame('WXXX', '\0javascript:alert(1)')), good)),
    file('tag-only.mp3', id3(textFrame('TIT2', 'nothing follows'))),
    file('frame-headers-only.mp3', Buffer.alloc(4_000, Buffer.from([0xff, 0xfb, 0x90, 0x00]))),
    file('all-ones.mp3', Buffer.alloc(20_000, 0xff)),
    file('zeros-after-header.mp3', concat(good.subarray(0, 4), Buffer.alloc(20_000))),
    file('cut-in-the-first-frame.mp3', good.subarray(0, 300)),
    file('damaged-all-over.mp3', damaged, 'either'),
    file('hours-of-silence.mp3', Buffer.alloc(9_000_000, smallFrame)),
    file('html-before.mp3', concat(`<html>${SCRIPT}</html>`, good)),
    file('zip-behind.mp3', concat(good, zipOf([{ name: 'x', data: latin1('x') }]))),
    file('text.mp3', latin1('ID3 is how it starts, the rest is words. '.repeat(50))),
  ]
}

function flacs(good: Buffer): HostileCase[] {
  const info = 8
  const changed = (change: (flac: Buffer) => void) => {
    const copy = Buffer.from(good)
    change(copy)
    return copy
  }
  const block = (type: number, data: Uint8Array, size = data.length) =>
    concat(Buffer.from([type]), uint(size, 3, 'big'), data)
  const withBlock = (extra: Buffer) => concat(good.subarray(0, info + 34), extra, good.subarray(info + 34))
  const vendor = concat(
    uint(1, 4, 'little'),
    'x',
    uint(1, 4, 'little'),
    uint(SCRIPT.length + 6, 4, 'little'),
    `TITLE=${SCRIPT}`,
  )
  return [
    file(
      'samples-say-two-to-the-36.flac',
      changed((flac) => {
        flac[info + 13]! |= 0x0f
        flac.fill(0xff, info + 14, info + 18)
      }),
    ),
    file(
      'no-hertz.flac',
      changed((flac) => {
        flac[info + 10] = 0
        flac[info + 11] = 0
        flac[info + 12]! &= 0x0f
      }),
      'either',
    ),
    file(
      'no-block-size.flac',
      changed((flac) => flac.fill(0, info, info + 4)),
      'either',
    ),
    file(
      'largest-block-size.flac',
      changed((flac) => flac.fill(0xff, info, info + 4)),
      'either',
    ),
    file('cut.flac', good.subarray(0, good.length / 2)),
    file('header-only.flac', good.subarray(0, info + 34)),
    file('block-says-more.flac', withBlock(block(4, Buffer.from('x'), 0xffffff))),
    file('title-script.flac', withBlock(block(4, vendor))),
    file(
      'ten-thousand-blocks.flac',
      withBlock(Buffer.concat(Array.from({ length: 10_000 }, () => block(1, Buffer.alloc(4))))),
      'either',
    ),
    file(
      'picture-says-more.flac',
      withBlock(block(6, concat(uint(3, 4, 'big'), uint(0x7fffffff, 4, 'big'), Buffer.alloc(40)))),
      'either',
    ),
    file(
      'damaged-frames.flac',
      changed((flac) => flac.fill(0x33, flac.length >> 1)),
    ),
    file('wav-inside.flac', concat('RIFF', Buffer.alloc(200))),
    file('zip-behind.flac', concat(good, zipOf([{ name: 'x', data: latin1('x') }]))),
    file('marker-only.flac', latin1('fLaC')),
  ]
}
