import { powerSpectrum } from './fft.ts'
import { fromBase64, toBase64 } from './words.ts'

/** Words a second: one 32-bit word each 46 ms, of the 0.37 s around it. */
const FRAME = 2048
const HOP = 256
/** Half of `FINGERPRINT_RATE`. */
const RATE = 5512.5
const BANDS = 33
const LOW_HERTZ = 300
const HIGH_HERTZ = 2000
/** Below this mean square the frame is silence and says nothing. */
const SILENCE = 1e-8

export interface AudioFingerprint {
  kind: 'band-energy-32'
  /** Little-endian words, one each 46 ms; zero where the sound is silent. */
  words: string
}

const EDGES = bandEdges()
/** Room for one frame, used by one call after the other. */
const windowed = new Float64Array(FRAME)
const WINDOW = Float64Array.from({ length: FRAME }, (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / FRAME))

/**
 * Bits in the manner of Haitsma and Kalker: whether the difference of energy between neighbouring bands grows from one
 * frame to the next. Transcoding and loudness leave most of them alone.
 * @param mono samples at `FINGERPRINT_RATE`
 */
export function audioFingerprint(mono: Float32Array): AudioFingerprint {
  const samples = halve(trimmed(mono))
  const frames = Math.max(0, Math.floor((samples.length - FRAME) / HOP) + 1)
  const words = new Uint32Array(Math.max(0, frames - 1))
  let before: Float64Array | undefined
  for (let frame = 0; frame < frames; frame++) {
    const energies = bandEnergies(samples, frame * HOP)
    if (before && energies[BANDS]! > SILENCE) words[frame - 1] = wordOf(before, energies)
    before = energies
  }
  return { kind: 'band-energy-32', words: toBase64(words) }
}

export function wordsOfAudio(fingerprint: AudioFingerprint): Uint32Array {
  return fromBase64(fingerprint.words)
}

/** Leading silence says nothing and would use up the minute that is kept. */
function trimmed(mono: Float32Array): Float32Array {
  const start = mono.findIndex((sample) => Math.abs(sample) > 1e-3)
  return start <= 0 ? mono : mono.subarray(start)
}

/** Halves the rate behind a half-band filter, so that nothing above folds into the bands. */
function halve(samples: Float32Array): Float64Array {
  const REACH = 3
  const padded = new Float64Array(samples.length + 2 * REACH + 1)
  padded.set(samples, REACH)
  const out = new Float64Array(samples.length >>> 1)
  for (let at = 0, middle = REACH; at < out.length; at++, middle += 2) {
    const near = padded[middle - 1]! + padded[middle + 1]!
    const far = padded[middle - 3]! + padded[middle + 3]!
    out[at] = (16 * padded[middle]! + 9 * near - far) / 32
  }
  return out
}

function bandEdges(): number[] {
  return Array.from({ length: BANDS + 1 }, (_, band) => {
    const hertz = LOW_HERTZ * (HIGH_HERTZ / LOW_HERTZ) ** (band / BANDS)
    return Math.round((hertz * FRAME) / RATE)
  })
}

/** Energy of each band, and last the mean square of the frame. */
function bandEnergies(samples: Float64Array, start: number): Float64Array {
  let squares = 0
  for (let at = 0; at < FRAME; at++) {
    const sample = samples[start + at]!
    squares += sample * sample
    windowed[at] = sample * WINDOW[at]!
  }
  const energies = new Float64Array(BANDS + 1)
  energies[BANDS] = squares / FRAME
  if (energies[BANDS]! <= SILENCE) return energies
  const power = powerSpectrum(windowed)
  for (let band = 0; band < BANDS; band++) {
    for (let bin = EDGES[band]!; bin < EDGES[band + 1]!; bin++) energies[band]! += power[bin]!
  }
  return energies
}

function wordOf(before: Float64Array, now: Float64Array): number {
  let word = 0
  for (let band = 0; band < BANDS - 1; band++) {
    const rise = now[band]! - now[band + 1]! - (before[band]! - before[band + 1]!)
    if (rise > 0) word |= 1 << band
  }
  return word >>> 0
}
