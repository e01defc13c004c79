import { FingerprintKindError } from '../errors.ts'
import type { Fingerprint } from '../fingerprint/fingerprint.ts'
import { HASH_BITS, HASH_WORDS, hashesOf, MIRROR, REGIONS } from '../fingerprint/image.ts'
import { popcount } from '../fingerprint/words.ts'
import { round } from '../result.ts'
import type { NearDuplicateIndex, NearDuplicateMatch } from '../types.ts'
import { sorted } from './matches.ts'
import { Vectors } from './vectors.ts'

/** Unrelated pictures differ in half of the bits; nothing further than a third is worth a line in a report. */
const FLOOR_DISTANCE = Math.floor(HASH_BITS / 3)
/** Of the 32 lowest terms, which hold the composition; unrelated pictures differ in about 16 of them. */
const COARSE_DISTANCE = 10
const WIDTH = REGIONS.length * HASH_WORDS

/**
 * Exact search by Hamming distance. The hashes lie packed in one block, so a query is one sweep of a few words a picture:
 * at 100,000 pictures cheaper than the candidates of an approximate index at this radius.
 */
export class ImageIndex implements NearDuplicateIndex {
  #ids: string[] = []
  #hashes = new Vectors(WIDTH)

  add(id: string, fingerprint: Fingerprint): void {
    this.#hashes.push(read(fingerprint))
    this.#ids.push(id)
  }

  query(fingerprint: Fingerprint): NearDuplicateMatch[] {
    const own = read(fingerprint)
    const mirrored = own.map((word, at) => (word ^ MIRROR[at % HASH_WORDS]!) >>> 0)
    const matches: [number, number][] = []
    const stored = this.#hashes.words
    for (let entry = 0; entry < this.#ids.length; entry++) {
      const at = entry * this.#hashes.width
      const distance = nearest(stored, at, mirrored, nearest(stored, at, own, FLOOR_DISTANCE + 1))
      if (distance <= FLOOR_DISTANCE) matches.push([entry, round(1 - distance / HASH_BITS, 4)])
    }
    return sorted(matches, this.#ids)
  }

  get bytes(): number {
    return this.#hashes.bytes
  }
}

/**
 * The least distance below `best`: whole against whole, and against each crop of the other, since one of two
 * near-duplicates may be a crop of the other. The coarsest word decides whether the rest is counted at all.
 */
function nearest(stored: Uint32Array, at: number, query: Uint32Array, best: number): number {
  const whole = stored[at]!
  const queryWhole = query[0]!
  let least = best
  for (let offset = 0; offset < WIDTH; offset += HASH_WORDS) {
    if (popcount(stored[at + offset]! ^ queryWhole) <= COARSE_DISTANCE) {
      least = Math.min(least, distanceOf(stored, at + offset, query, 0))
    }
    if (offset > 0 && popcount(whole ^ query[offset]!) <= COARSE_DISTANCE) {
      least = Math.min(least, distanceOf(stored, at, query, offset))
    }
  }
  return least
}

function distanceOf(a: Uint32Array, atA: number, b: Uint32Array, atB: number): number {
  let distance = 0
  for (let word = 0; word < HASH_WORDS; word++) distance += popcount(a[atA + word]! ^ b[atB + word]!)
  return distance
}

function read(fingerprint: Fingerprint): Uint32Array {
  if (fingerprint.kind !== 'dct-sign-128') throw new FingerprintKindError(fingerprint.kind, 'dct-sign-128')
  return hashesOf(fingerprint)
}
