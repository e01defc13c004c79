import { fail, pass } from '../result.ts'
import type { PersonalDataKind } from '../rules/rules.ts'
import type { Check } from '../types.ts'
import { FINDERS } from './personal-data-finders.ts'

const name = 'personalData'

/** Reports how many of which kind, never the data itself: reports are public. */
export const personalData: Check = {
  name,
  modality: 'text',
  stage: 'content',
  run(_input, { checks }, { content }) {
    if (content?.modality !== 'text') return pass(name, 'There is no text.', null, null, 'undetermined')
    const { kinds, maxFindings, phoneCountry } = checks.personalData
    const counts = kinds.map((kind): [PersonalDataKind, number] => [kind, FINDERS[kind](content.text, phoneCountry)])
    const total = counts.reduce((sum, [, count]) => sum + count, 0)
    if (total <= maxFindings) return pass(name, `${total} findings of personal data.`, total, maxFindings)
    const found = counts.filter(([, count]) => count > 0).map(([kind, count]) => `${kind} ${count}`)
    const message = `Personal data: ${found.join(', ')}; ${maxFindings} allowed. Remove or replace it.`
    return fail(name, 'personal-data', message, total, maxFindings)
  },
}
