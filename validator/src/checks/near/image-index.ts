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

/**
 * Exact search by Hamming distance. The hashes lie packed in one block, so a query is one sweep of a few words a picture:
 * at 100,000 pictures cheaper than the candidates of an approximate index at this radius.
 */
export class ImageIndex implements NearDuplicateIndex {
  #ids: string[] = []
  #hashes = new Vectors(REGIONS.length * HASH_WORDS)

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
      const distance = Math.min(nearest(stored, at, own), nearest(stored, at, mirrored))
      if (distance <= FLOOR_DISTANCE) matches.push([entry, round(1 - distance / HASH_BITS, 4)])
    }
    return sorted(matches, this.#ids)
  }

  get bytes(): number {
    return this.#hashes.bytes
  }
}

/** Whole against whole and against each crop of the other: one of two near-duplicates may be a crop of the other. */
function nearest(stored: Uint32Array, at: number, query: Uint32Array): number {
  let best = distanceOf(stored, at, query, 0, HASH_BITS)
  for (let region = 1; region < REGIONS.length; region++) {
    const offset = region * HASH_WORDS
    best = Math.min(best, distanceOf(stored, at + offset, query, 0, best), distanceOf(stored, at, query, offset, best))
  }
  return best
}

function distanceOf(a: Uint32Array, atA: number, b: Uint32Array, atB: number, enough: number): number {
  let distance = 0
  for (let word = 0; word < HASH_WORDS && distance < enough; word++)
    distance += popcount(a[atA + word]! ^ b[atB + word]!)
  return distance
}

function read(fingerprint: Fingerprint): Uint32Array {
  if (fingerprint.kind !== 'dct-sign-128') throw new FingerprintKindError(fingerprint.kind, 'dct-sign-128')
  return hashesOf(fingerprint)
}
