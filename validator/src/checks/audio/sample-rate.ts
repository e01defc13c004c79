import { fail, pass } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'sampleRate'

export const sampleRate: Check = {
  name,
  modality: 'audio',
  stage: 'content',
  run(_input, { checks }, { content }) {
    if (content?.modality !== 'audio') return pass(name, 'There is no sound.', null, null, 'undetermined')
    const { minHertz, maxHertz } = checks.sampleRate
    const hertz = content.sampleRate
    const threshold = `${minHertz}..${maxHertz}`
    if (hertz >= minHertz && hertz <= maxHertz) return pass(name, `${hertz} Hz.`, hertz, threshold)
    return fail(name, 'sample-rate', `${hertz} Hz; the Datanet takes ${minHertz} to ${maxHertz} Hz.`, hertz, threshold)
  },
}
