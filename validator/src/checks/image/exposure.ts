import { fail, pass, round } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'exposure'

export const exposure: Check = {
  name,
  modality: 'image',
  stage: 'content',
  run(_input, { checks }, { content }) {
    if (content?.modality !== 'image') return pass(name, 'There is no picture.', null, null, 'undetermined')
    const { minMean, maxMean } = checks.exposure
    const { data } = content.luma
    let sum = 0
    for (let at = 0; at < data.length; at++) sum += data[at]!
    const mean = round(sum / data.length, 2)
    if (mean < minMean)
      return fail(name, 'under-exposed', `Mean luma ${mean} of 255; at least ${minMean} is asked.`, mean, minMean)
    if (mean > maxMean)
      return fail(name, 'over-exposed', `Mean luma ${mean} of 255; at most ${maxMean} is taken.`, mean, maxMean)
    return pass(name, `Mean luma ${mean}.`, mean, `${minMean}..${maxMean}`)
  },
}
