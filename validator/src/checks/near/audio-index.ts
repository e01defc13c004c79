import { FingerprintKindError } from '../errors.ts'
import { wordsOfAudio } from '../fingerprint/audio.ts'
import type { Fingerprint } from '../fingerprint/fingerprint.ts'
import { popcount } from '../fingerprint/words.ts'
import { round } from '../result.ts'
import type { NearDuplicateIndex, NearDuplicateMatch } from '../types.ts'
import { sorted } from './matches.ts'
import { Postings } from './postings.ts'

/** Every second word is indexed and every word is looked up: half the memory, the same alignments found. */
const INDEXED_STEP = 2
/** A word shared by more than this many places says nothing: hum, tone, near-silence. */
const COMMON = 256
const CANDIDATES = 64
/** Overlap needed, in words of 46 ms, unless the shorter sound has fewer. */
const MIN_OVERLAP = 40
const FLOOR = 0.2

/**
 * Words of sound → where they occur. Equal words vote for an alignment of two sounds; the best alignments are compared
 * bit by bit. Unrelated sounds agree in half of the bits, so the similarity is what is above half, from 0 to 1.
 */
export class AudioIndex implements NearDuplicateIndex {
  #ids: string[] = []
  #starts: number[] = [0]
  #words = new Uint32Array(1 << 14)
  #places = new Postings()

  add(id: string, fingerprint: Fingerprint): void {
    const words = read(fingerprint)
    const start = this.#starts.at(-1)!
    if (start + words.length > this.#words.length) this.#grow(start + words.length)
    this.#words.set(words, start)
    this.#ids.push(id)
    this.#starts.push(start + words.length)
    for (let at = 0; at < words.length; at += INDEXED_STEP) {
      if (words[at] !== 0) this.#places.add(words[at]!, start + at)
    }
  }

  query(fingerprint: Fingerprint): NearDuplicateMatch[] {
    const words = read(fingerprint)
    const best = new Map<number, number>()
    for (const shift of this.#alignments(words)) {
      const entry = this.#entryOf(shift.place)
      const offset = shift.place - this.#starts[entry]! - shift.at
      const similarity = this.#compare(words, entry, offset)
      if (similarity >= FLOOR && similarity > (best.get(entry) ?? 0)) best.set(entry, similarity)
    }
    return sorted([...best], this.#ids)
  }

  get bytes(): number {
    return this.#words.byteLength + this.#places.bytes + this.#starts.length * 8
  }

  /** The most voted ways to lay the query over stored sounds. A place minus its query position names the alignment. */
  #alignments(words: Uint32Array): { place: number; at: number }[] {
    const votes = new Map<number, { place: number; at: number; count: number }>()
    for (let at = 0; at < words.length; at++) {
      if (words[at] === 0) continue
      const vote = (place: number) => {
        const key = place - at
        const known = votes.get(key)
        if (known) known.count++
        else votes.set(key, { place, at, count: 1 })
      }
      this.#places.each(words[at]!, vote, COMMON)
    }
    return [...votes.entries()]
      .sort(([keyA, a], [keyB, b]) => b.count - a.count || keyA - keyB)
      .slice(0, CANDIDATES)
      .map(([, { place, at }]) => ({ place, at }))
  }

  #entryOf(place: number): number {
    let low = 0
    let high = this.#ids.length
    while (low + 1 < high) {
      const middle = (low + high) >>> 1
      if (this.#starts[middle]! <= place) low = middle
      else high = middle
    }
    return low
  }

  #compare(words: Uint32Array, entry: number, offset: number): number {
    const start = this.#starts[entry]!
    const length = this.#starts[entry + 1]! - start
    const from = Math.max(0, -offset)
    const to = Math.min(words.length, length - offset)
    let compared = 0
    let errors = 0
    for (let at = from; at < to; at++) {
      const mine = words[at]!
      const theirs = this.#words[start + at + offset]!
      if (mine === 0 && theirs === 0) continue
      compared++
      errors += popcount(mine ^ theirs)
    }
    if (compared < Math.min(MIN_OVERLAP, words.length, length)) return 0
    return round(Math.max(0, 1 - (2 * errors) / (32 * compared)), 4)
  }

  #grow(needed: number): void {
    const grown = new Uint32Array(Math.max(needed, Math.ceil(this.#words.length * 1.5)))
    grown.set(this.#words)
    this.#words = grown
  }
}

function read(fingerprint: Fingerprint): Uint32Array {
  if (fingerprint.kind !== 'band-energy-32') throw new FingerprintKindError(fingerprint.kind, 'band-energy-32')
  return wordsOfAudio(fingerprint)
}
