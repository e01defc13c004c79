import { fail, pass, round } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'duration'

export const duration: Check = {
  name,
  modality: 'audio',
  stage: 'content',
  run(_input, { checks }, { content }) {
    if (content?.modality !== 'audio') return pass(name, 'There is no sound.', null, null, 'undetermined')
    const { minSeconds, maxSeconds } = checks.duration
    const seconds = round(content.frames / content.sampleRate, 3)
    if (seconds < minSeconds)
      return fail(name, 'too-short', `${seconds} s; the Datanet asks for ${minSeconds} s.`, seconds, minSeconds)
    if (seconds > maxSeconds)
      return fail(name, 'too-long', `${seconds} s; the Datanet takes ${maxSeconds} s.`, seconds, maxSeconds)
    return pass(name, `${seconds} s.`, seconds, `${minSeconds}..${maxSeconds}`)
  },
}
