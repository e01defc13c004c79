import { fail, pass } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'language'
type Detector = typeof import('eld/small')['eld']
let loading: Promise<Detector> | undefined

/** A hundred megabytes once loaded: only a process that meets text pays for them. */
function detector(): Promise<Detector> {
  loading ??= import('eld/small').then(({ eld }) => eld)
  return loading
}

/** The guess does not get better from more. */
const LOOKED_AT = 4_000

export const language: Check = {
  name,
  modality: 'text',
  stage: 'content',
  async run(_input, { checks }, { content }) {
    if (content?.modality !== 'text') return pass(name, 'There is no text.', null, null, 'undetermined')
    const { allowed, minLetters } = checks.language
    const threshold = allowed.length === 0 ? 'any' : allowed.join(', ')
    const sample = content.text.slice(0, LOOKED_AT)
    const letters = sample.match(/\p{L}/gu)?.length ?? 0
    const found = letters < minLetters ? '' : (await detector()).detect(sample).language
    if (found === '')
      return pass(name, `Too little to tell the language (${letters} letters).`, null, threshold, 'undetermined')
    if (allowed.length === 0 || allowed.includes(found))
      return pass(name, `The language is ${found}.`, found, threshold)
    return fail(name, 'wrong-language', `The language is ${found}; the Datanet takes ${threshold}.`, found, threshold)
  },
}
