interface Plan {
  cosine: Float64Array
  sine: Float64Array
  /** Where each element of a transform of this length starts. */
  order: Uint32Array
  real: Float64Array
  imaginary: Float64Array
}

const plans = new Map<number, Plan>()

/** Tables and room for transforms of one length, made once: the sounds of a lifetime have one frame length. */
function planOf(length: number): Plan {
  let plan = plans.get(length)
  if (!plan) {
    const angles = Array.from({ length: length / 2 }, (_, at) => (2 * Math.PI * at) / length)
    const bits = Math.log2(length)
    const reversed = (at: number) => {
      let out = 0
      for (let bit = 0; bit < bits; bit++) out |= ((at >>> bit) & 1) << (bits - 1 - bit)
      return out
    }
    plan = {
      cosine: Float64Array.from(angles, Math.cos),
      sine: Float64Array.from(angles, Math.sin),
      order: Uint32Array.from({ length }, (_, at) => reversed(at)),
      real: new Float64Array(length),
      imaginary: new Float64Array(length),
    }
    plans.set(length, plan)
  }
  return plan
}

/**
 * Power of a real signal's first half spectrum (length a power of two), by one complex transform of half the length.
 */
export function powerSpectrum(signal: Float64Array): Float64Array {
  const half = signal.length / 2
  const plan = planOf(half)
  const { real, imaginary, order } = plan
  for (let at = 0; at < half; at++) {
    const from = order[at]! * 2
    real[at] = signal[from]!
    imaginary[at] = signal[from + 1]!
  }
  transform(plan)
  return unpack(real, imaginary, signal.length)
}

/** Radix 2, in place, over elements already in reversed order. */
function transform({ real, imaginary, cosine, sine }: Plan): void {
  const length = real.length
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
  const { cosine, sine } = planOf(length)
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
