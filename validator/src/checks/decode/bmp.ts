import { decode } from 'bmp-ts'
import { DecodeError, DecodeLimitError } from '../errors.ts'
import type { DecodeLimits } from '../limits.ts'

/** libvips has no BMP reader of its own; bmp-ts reads 1 to 32 bit and RLE. */
export function decodeBmp(bytes: Uint8Array, limits: DecodeLimits) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  refuseLies(buffer, limits)
  try {
    const { data, width, height } = decode(buffer, { toRGBA: true })
    return { data, width, height: Math.abs(height), channels: 4 }
  } catch (cause) {
    throw new DecodeError('decode-failed', `The bmp cannot be decoded: ${(cause as Error).message}. Export it again.`, {
      cause,
    })
  }
}

/** None, two run lengths, bit fields with and without alpha. */
const COMPRESSIONS: readonly number[] = [0, 1, 2, 3, 6]

/** The library allocates what the header claims and reads past a short end: both are checked before it runs. */
function refuseLies(buffer: Buffer, limits: DecodeLimits): void {
  if (buffer.length < 54) throw cutShort(buffer.length, 54)
  const offset = buffer.readUInt32LE(10)
  const width = buffer.readInt32LE(18)
  const height = Math.abs(buffer.readInt32LE(22))
  const bits = buffer.readUInt16LE(28)
  const compression = buffer.readUInt32LE(30)
  if (width <= 0 || height <= 0) {
    throw new DecodeError('decode-failed', `The bmp claims ${width} × ${height} pixels. Export it again.`)
  }
  if (width * height > limits.pixels) throw new DecodeLimitError('pixels', width * height, limits.pixels)
  if (![1, 4, 8, 16, 24, 32].includes(bits)) {
    throw new DecodeError(
      'decode-failed',
      `The bmp claims ${bits} bits a pixel; 1, 4, 8, 16, 24 or 32 exist. Export it again.`,
    )
  }
  if (!COMPRESSIONS.includes(compression)) {
    throw new DecodeError(
      'decode-failed',
      `The bmp claims compression ${compression}, which is not readable. Export it again.`,
    )
  }
  const runLength = compression === 1 || compression === 2
  const needed = offset + (runLength ? 1 : Math.ceil((width * bits) / 32) * 4 * height)
  if (buffer.length < needed) throw cutShort(buffer.length, needed)
}

function cutShort(got: number, needed: number): DecodeError {
  const message = `The bmp has ${got} bytes and its header promises ${needed}. Export it again.`
  return new DecodeError('truncated', message, { measured: got, threshold: needed })
}
