import sharp, { type Metadata } from 'sharp'
import { DecodeError, DecodeLimitError } from '../errors.ts'
import type { Format } from '../formats.ts'
import type { DecodeLimits } from '../limits.ts'
import { decodeBmp } from './bmp.ts'
import type { Content } from './content.ts'
import { lumaOf } from './luma.ts'
import { scriptIn } from './script.ts'

interface Raster {
  data: Uint8Array
  width: number
  height: number
  channels: number
}

/** Decodes every pixel; a picture cut short or lying about its size throws. */
export async function decodeImage(bytes: Uint8Array, format: Format, limits: DecodeLimits): Promise<Content> {
  const findings: Content['findings'] = []
  const raster = format === 'bmp' ? decodeBmp(bytes, limits) : await decodeWithSharp(bytes, limits, findings)
  const { data, width, height, channels } = raster
  return { modality: 'image', width, height, luma: lumaOf(data, width, height, channels), findings }
}

async function decodeWithSharp(
  bytes: Uint8Array,
  limits: DecodeLimits,
  findings: Content['findings'],
): Promise<Raster> {
  const options = { failOn: 'error', limitInputPixels: limits.pixels, pages: 1, ignoreIcc: true } as const
  try {
    const image = sharp(bytes, options)
    const metadata = await image.metadata()
    const pixels = metadata.width * metadata.height * (metadata.pages ?? 1)
    if (pixels > limits.pixels) throw new DecodeLimitError('pixels', pixels, limits.pixels)
    const script = scriptIn([metadata.exif, metadata.xmp, metadata.iptc, metadata.icc, ...commentsOf(metadata)])
    if (script) findings.push({ code: 'active-content', message: `The metadata carries ${script}. Strip it.` })
    const { data, info } = await image
      .autoOrient()
      .flatten({ background: '#808080' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    return { data, width: info.width, height: info.height, channels: info.channels }
  } catch (cause) {
    if (cause instanceof DecodeError) throw cause
    throw asDecodeError(cause, limits)
  }
}

function commentsOf(metadata: Metadata): Buffer[] {
  return (metadata.comments ?? []).map(({ keyword, text }) => Buffer.from(`${keyword} ${text}`))
}

function asDecodeError(cause: unknown, limits: DecodeLimits): DecodeError {
  const message = cause instanceof Error ? cause.message.split('\n')[0]!.replace(/\.$/, '') : String(cause)
  if (/pixel limit|too (large|big)|exceeds/i.test(message))
    return new DecodeLimitError('pixels (as claimed)', 'more', limits.pixels)
  const cut = /premature|truncat|end of|unexpected eof|not enough|read error|incomplete/i.test(message)
  const what = cut ? 'is cut short' : 'cannot be decoded'
  return new DecodeError(cut ? 'truncated' : 'decode-failed', `The image ${what}: ${message}. Export it again.`, {
    cause,
  })
}
