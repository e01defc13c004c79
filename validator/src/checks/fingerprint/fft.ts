/**
 * Power of a real signal's first half spectrum (length a power of two), by one complex transform of half the length.
 */
export function powerSpectrum(signal: Float64Array): Float64Array {
  const half = signal.length / 2
  const real = new Float64Array(half)
  const imaginary = new Float64Array(half)
  for (let at = 0; at < half; at++) {
    real[at] = signal[2 * at]!
    imaginary[at] = signal[2 * at + 1]!
  }
  transform(real, imaginary)
  return unpack(real, imaginary, signal.length)
}

const tables = new Map<number, { cosine: Float64Array; sine: Float64Array }>()

function tableOf(length: number) {
  let table = tables.get(length)
  if (!table) {
    const angle = (_: unknown, at: number) => (2 * Math.PI * at) / length
    table = {
      cosine: Float64Array.from({ length: length / 2 }, (_, at) => Math.cos(angle(_, at))),
      sine: Float64Array.from({ length: length / 2 }, (_, at) => Math.sin(angle(_, at))),
    }
    tables.set(length, table)
  }
  return table
}

/** In place, radix 2. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const length = real.length
  for (let at = 0, reversed = 0; at < length; at++) {
    if (at < reversed) {
      ;[real[at], real[reversed]] = [real[reversed]!, real[at]!]
      ;[imaginary[at], imaginary[reversed]] = [imaginary[reversed]!, imaginary[at]!]
    }
    let bit = length >> 1
    while (bit > 0 && reversed & bit) {
      reversed ^= bit
      bit >>= 1
    }
    reversed |= bit
  }
  const { cosine, sine } = tableOf(length)
  for (let size = 2; size <= length; size *= 2) {
    const reach = size / 2
    const step = length / size
    for (let start = 0; start < length; start += size) {
      for (let at = start, turn = 0; at < start + reach; at++, turn += step) {
        const other = at + reach
        const c = cosine[turn]!
        const s = sine[turn]!
        const re = real[other]! * c + imaginary[other]! * s
        const im = imaginary[other]! * c - real[other]! * s
        real[other] = real[at]! - re
        imaginary[other] = imaginary[at]! - im
        real[at]! += re
        imaginary[at]! += im
      }
    }
  }
}

function unpack(real: Float64Array, imaginary: Float64Array, length: number): Float64Array {
  const half = length / 2
  const { cosine, sine } = tableOf(length)
  const power = new Float64Array(half)
  for (let at = 0; at < half; at++) {
    const mirror = (half - at) % half
    const evenRe = (real[at]! + real[mirror]!) / 2
    const evenIm = (imaginary[at]! - imaginary[mirror]!) / 2
    const oddRe = (imaginary[at]! + imaginary[mirror]!) / 2
    const oddIm = (real[mirror]! - real[at]!) / 2
    const re = evenRe + oddRe * cosine[at]! + oddIm * sine[at]!
    const im = evenIm + oddIm * cosine[at]! - oddRe * sine[at]!
    power[at] = re * re + im * im
  }
  return power
}
