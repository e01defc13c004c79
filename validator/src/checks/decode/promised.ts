import type { Format } from '../formats.ts'

/** Chunk sizes a writer leaves that does not know the length yet. */
const UNKNOWN_SIZES: readonly number[] = [0, 0xffffffff]

/**
 * Share of the promised sound that can be there, from the headers of wav and flac; undefined where they promise nothing.
 * Tag readers correct a lying header silently, so the promise is read here.
 */
export function promisedFrames(bytes: Uint8Array, format: Format, decodedFrames: number): number | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (format === 'flac') return flacFrames(view)
  if (format === 'wav') return wavFrames(view, decodedFrames)
  return undefined
}

/** STREAMINFO is always the first block: its last 36 bits before the digest are the total, zero if unknown. */
function flacFrames(view: Buffer): number | undefined {
  if (view.length < 26 || view.toString('latin1', 0, 4) !== 'fLaC') return undefined
  const total = (view[21]! & 0x0f) * 2 ** 32 + view.readUInt32BE(22)
  return total === 0 ? undefined : total
}

function wavFrames(view: Buffer, decodedFrames: number): number | undefined {
  for (let at = 12; at + 8 <= view.length; ) {
    const size = view.readUInt32LE(at + 4)
    if (view.toString('latin1', at, at + 4) === 'data') {
      const there = view.length - at - 8
      if (UNKNOWN_SIZES.includes(size) || there <= 0) return undefined
      return Math.round((decodedFrames * Math.max(size, there)) / there)
    }
    at += 8 + size + (size % 2)
  }
  return undefined
}
