import type { Plane } from '../decode/content.ts'
import { fromBase64, toBase64 } from './words.ts'

/** Bits of one hash: signs of the lowest AC terms of a cosine transform. */
export const HASH_BITS = 128
export const HASH_WORDS = HASH_BITS / 32
const SIDE = 32

export interface ImageFingerprint {
  kind: 'dct-sign-128'
  /** Hashes of the whole and of its crops, `HASH_WORDS` little-endian words each. */
  words: string
}

/** The whole first; then what is left when a tenth of each side is cut off, at nine places. */
const KEPT = 0.9
const PLACES = [0, 0.05, 0.1]
export const REGIONS: readonly { x: number; y: number; size: number }[] = [
  { x: 0, y: 0, size: 1 },
  ...PLACES.flatMap((y) => PLACES.map((x) => ({ x, y, size: KEPT }))),
]

const TERMS = lowestTerms(HASH_BITS)
const COSINES = cosineTable()

/** Perceptual hash that survives recompression, resizing and brightness; its crops make it survive cropping. */
export function imageFingerprint(luma: Plane): ImageFingerprint {
  const integral = integralOf(luma)
  const words = new Uint32Array(REGIONS.length * HASH_WORDS)
  REGIONS.forEach(({ x, y, size }, index) => {
    const thumbnail = resample(integral, luma, x, y, size)
    words.set(signsOf(transform(thumbnail)), index * HASH_WORDS)
  })
  return { kind: 'dct-sign-128', words: toBase64(words) }
}

export function hashesOf(fingerprint: ImageFingerprint): Uint32Array {
  return fromBase64(fingerprint.words)
}

/** XOR with it mirrors a hash left to right: a mirror flips the sign of every odd horizontal term. */
export const MIRROR: Uint32Array = (() => {
  const mask = new Uint32Array(HASH_WORDS)
  TERMS.forEach(({ u }, bit) => {
    if (u % 2 === 1) mask[bit >>> 5]! |= 1 << (bit & 31)
  })
  return mask
})()

function lowestTerms(count: number): { u: number; v: number }[] {
  const terms: { u: number; v: number }[] = []
  for (let sum = 1; terms.length < count; sum++) {
    for (let u = 0; u <= sum && terms.length < count; u++) terms.push({ u, v: sum - u })
  }
  return terms
}

function cosineTable(): Float64Array {
  const table = new Float64Array(SIDE * SIDE)
  for (let u = 0; u < SIDE; u++) {
    for (let x = 0; x < SIDE; x++) table[u * SIDE + x] = Math.cos(((2 * x + 1) * u * Math.PI) / (2 * SIDE))
  }
  return table
}

function integralOf({ width, height, data }: Plane): Float64Array {
  const stride = width + 1
  const sums = new Float64Array(stride * (height + 1))
  for (let y = 0; y < height; y++) {
    let row = 0
    for (let x = 0; x < width; x++) {
      row += data[y * width + x]!
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1]! + row
    }
  }
  return sums
}

function resample(integral: Float64Array, plane: Plane, left: number, top: number, size: number): Float64Array {
  const thumbnail = new Float64Array(SIDE * SIDE)
  const stride = plane.width + 1
  const edge = (at: number, start: number, length: number) => Math.round((start + (at / SIDE) * size) * length)
  for (let y = 0; y < SIDE; y++) {
    const [y0, y1] = span(edge(y, top, plane.height), edge(y + 1, top, plane.height), plane.height)
    for (let x = 0; x < SIDE; x++) {
      const [x0, x1] = span(edge(x, left, plane.width), edge(x + 1, left, plane.width), plane.width)
      const sum =
        integral[y1 * stride + x1]! -
        integral[y0 * stride + x1]! -
        integral[y1 * stride + x0]! +
        integral[y0 * stride + x0]!
      thumbnail[y * SIDE + x] = sum / ((y1 - y0) * (x1 - x0))
    }
  }
  return thumbnail
}

/** At least one pixel wide, for pictures smaller than the thumbnail. */
function span(from: number, to: number, length: number): [number, number] {
  const start = Math.min(from, length - 1)
  return [start, Math.max(start + 1, Math.min(to, length))]
}

/** Terms of the two-dimensional cosine transform, unscaled: only their signs are used. */
function transform(thumbnail: Float64Array): Float64Array {
  const reach = TERMS.at(-1)!.u + TERMS.at(-1)!.v + 1
  const rows = new Float64Array(SIDE * reach)
  for (let y = 0; y < SIDE; y++) {
    for (let u = 0; u < reach; u++) {
      let sum = 0
      for (let x = 0; x < SIDE; x++) sum += thumbnail[y * SIDE + x]! * COSINES[u * SIDE + x]!
      rows[y * reach + u] = sum
    }
  }
  return Float64Array.from(TERMS, ({ u, v }) => {
    let sum = 0
    for (let y = 0; y < SIDE; y++) sum += rows[y * reach + u]! * COSINES[v * SIDE + y]!
    return sum
  })
}

function signsOf(terms: Float64Array): Uint32Array {
  const words = new Uint32Array(HASH_WORDS)
  terms.forEach((term, bit) => {
    if (term > 0) words[bit >>> 5]! |= 1 << (bit & 31)
  })
  return words
}
