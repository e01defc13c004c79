import type { Plane } from '../decode/content.ts'
import { fail, pass, round } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'blur'

export const blur: Check = {
  name,
  modality: 'image',
  stage: 'content',
  run(_input, { checks }, { content }) {
    if (content?.modality !== 'image') return pass(name, 'There is no picture.', null, null, 'undetermined')
    const { minVariance } = checks.blur
    const variance = round(laplacianVariance(content.luma), 2)
    if (variance >= minVariance) return pass(name, `Variance of the Laplacian ${variance}.`, variance, minVariance)
    const message = `Variance of the Laplacian ${variance}; ${minVariance} is asked. Send a sharper picture.`
    return fail(name, 'blurred', message, variance, minVariance)
  },
}

export function laplacianVariance({ width, height, data }: Plane): number {
  let sum = 0
  let squares = 0
  let count = 0
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1, at = y * width + 1; x < width - 1; x++, at++) {
      const value = data[at - width]! + data[at + width]! + data[at - 1]! + data[at + 1]! - 4 * data[at]!
      sum += value
      squares += value * value
      count++
    }
  }
  return count === 0 ? 0 : squares / count - (sum / count) ** 2
}
