import { fromBase64, mix, toBase64 } from './words.ts'

export const PERMUTATIONS = 128
const SHINGLE_WORDS = 3
const EMPTY = 0xffffffff

export interface TextFingerprint {
  kind: 'minhash-128'
  /** Distinct enough to compare only above zero. */
  shingles: number
  /** 128 little-endian 32-bit words. */
  words: string
}

const WORD = /[\p{L}\p{N}]+/gu
/** Scripts written without spaces: each letter is a word there. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

/**
 * MinHash of three-word shingles by one permutation hashing: one hash a shingle falls into one of 128 bins, and an empty
 * bin borrows from a fixed pseudo-random other one. Case, punctuation, layout and markup do not count.
 */
export function textFingerprint(text: string): TextFingerprint {
  const hashes = wordHashes(text)
  const bins = new Uint32Array(PERMUTATIONS).fill(EMPTY)
  const width = Math.min(SHINGLE_WORDS, hashes.length)
  const shingles = width === 0 ? 0 : hashes.length - width + 1
  for (let at = 0; at < shingles; at++) {
    let hash = 0x9e3779b9
    for (let word = 0; word < width; word++) hash = mix(hash ^ hashes[at + word]!)
    const bin = hash & (PERMUTATIONS - 1)
    const value = mix(hash ^ 0x5bd1e995)
    if (value < bins[bin]!) bins[bin] = value
  }
  if (shingles > 0) fillEmpty(bins)
  return { kind: 'minhash-128', shingles, words: toBase64(bins) }
}

export function wordsOf(text: string): string[] {
  const words = text.normalize('NFKC').toLowerCase().match(WORD) ?? []
  return UNSPACED.test(text) ? words.flatMap((word) => (UNSPACED.test(word) ? [...word] : [word])) : words
}

function wordHashes(text: string): Uint32Array {
  const words = wordsOf(text)
  return Uint32Array.from(words, hashOf)
}

function hashOf(word: string): number {
  let hash = 2166136261
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 16777619)
  return hash >>> 0
}

/** Optimal densification: the donor of bin b at attempt n is a fixed hash of (b, n), alike for every text. */
function fillEmpty(bins: Uint32Array): void {
  const own = bins.slice()
  for (let bin = 0; bin < PERMUTATIONS; bin++) {
    for (let attempt = 1; bins[bin] === EMPTY; attempt++) {
      bins[bin] = own[mix(bin * 65_537 + attempt) & (PERMUTATIONS - 1)]!
    }
  }
}

export function binsOf(fingerprint: TextFingerprint): Uint32Array {
  return fromBase64(fingerprint.words)
}

/** Estimate of the Jaccard similarity of the shingle sets. */
export function minhashSimilarity(a: Uint32Array, b: Uint32Array): number {
  let equal = 0
  for (let bin = 0; bin < PERMUTATIONS; bin++) if (a[bin] === b[bin]) equal++
  return equal / PERMUTATIONS
}
