import { FingerprintKindError } from '../errors.ts'
import type { Fingerprint } from '../fingerprint/fingerprint.ts'
import { binsOf, minhashSimilarity, PERMUTATIONS } from '../fingerprint/text.ts'
import { mix } from '../fingerprint/words.ts'
import { round } from '../result.ts'
import type { NearDuplicateIndex, NearDuplicateMatch } from '../types.ts'
import { sorted } from './matches.ts'
import { Postings } from './postings.ts'
import { Vectors } from './vectors.ts'

/** 42 bands of 3: a text alike by half is a candidate with 99.6 %, one alike by a twentieth with half a percent. */
const ROWS = 3
const BANDS = Math.floor(PERMUTATIONS / ROWS)
/** Less alike than this is not worth a line in a report. */
const FLOOR = 0.2

/** Banded locality-sensitive hashing over MinHash: a query looks at the texts that share a band, not at all of them. */
export class TextIndex implements NearDuplicateIndex {
  #ids: string[] = []
  #bins = new Vectors(PERMUTATIONS)
  #bands = new Postings()

  add(id: string, fingerprint: Fingerprint): void {
    const bins = this.#read(fingerprint)
    if (!bins) return
    const entry = this.#ids.push(id) - 1
    this.#bins.push(bins)
    for (let band = 0; band < BANDS; band++) this.#bands.add(keyOf(bins, band), entry)
  }

  query(fingerprint: Fingerprint): NearDuplicateMatch[] {
    const bins = this.#read(fingerprint)
    if (!bins) return []
    const candidates = new Set<number>()
    for (let band = 0; band < BANDS; band++) {
      this.#bands.each(keyOf(bins, band), (entry) => {
        candidates.add(entry)
      })
    }
    const matches: [number, number][] = []
    for (const entry of candidates) {
      const similarity = minhashSimilarity(bins, this.#bins.at(entry))
      if (similarity >= FLOOR) matches.push([entry, round(similarity, 4)])
    }
    return sorted(matches, this.#ids)
  }

  get bytes(): number {
    return this.#bins.bytes + this.#bands.bytes
  }

  /** Undefined for a text without a word, which is like nothing. */
  #read(fingerprint: Fingerprint): Uint32Array | undefined {
    if (fingerprint.kind !== 'minhash-128') throw new FingerprintKindError(fingerprint.kind, 'minhash-128')
    return fingerprint.shingles === 0 ? undefined : binsOf(fingerprint)
  }
}

function keyOf(bins: Uint32Array, band: number): number {
  let key = band
  for (let row = 0; row < ROWS; row++) key = mix(key ^ bins[band * ROWS + row]!)
  return key
}
