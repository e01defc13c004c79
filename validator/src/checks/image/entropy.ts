import type { Plane } from '../decode/content.ts'
import { fail, pass, round } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'entropy'

export const entropy: Check = {
  name,
  modality: 'image',
  stage: 'content',
  run(_input, { checks }, { content }) {
    if (content?.modality !== 'image') return pass(name, 'There is no picture.', null, null, 'undetermined')
    const { minBits, minCorrelation } = checks.entropy
    const bits = round(histogramBits(content.luma), 3)
    if (bits < minBits) {
      return fail(
        name,
        'flat',
        `${bits} bits of luma entropy; ${minBits} are asked. Send a picture of something.`,
        bits,
        minBits,
      )
    }
    const correlation = round(neighbourCorrelation(content.luma), 3)
    if (correlation < minCorrelation) {
      const message = `Neighbouring pixels correlate by ${correlation}; ${minCorrelation} is asked. Noise is no picture.`
      return fail(name, 'noise', message, correlation, minCorrelation)
    }
    return pass(name, `${bits} bits of luma entropy, neighbours correlate by ${correlation}.`, bits, minBits)
  },
}

function histogramBits({ data }: Plane): number {
  const counts = new Uint32Array(256)
  for (let at = 0; at < data.length; at++) counts[data[at]!]!++
  let bits = 0
  for (const count of counts) if (count > 0) bits -= (count / data.length) * Math.log2(count / data.length)
  return bits
}

/** Pearson's, of each pixel and its right and lower neighbour, over sums of whole numbers. */
function neighbourCorrelation({ width, height, data }: Plane): number {
  let sum = 0
  let squares = 0
  let product = 0
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const here = data[at]!
      sum += here
      squares += here * here
      if (x + 1 < width) product += here * data[at + 1]!
      if (y + 1 < height) product += here * data[at + width]!
    }
  }
  const pairs = (width - 1) * height + width * (height - 1)
  const mean = sum / data.length
  const variance = squares / data.length - mean * mean
  return variance === 0 || pairs === 0 ? 1 : (product / pairs - mean * mean) / variance
}
