import { fail, pass } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'licence'

export const licence: Check = {
  name,
  modality: 'any',
  stage: 'bytes',
  run({ manifest }, { checks }) {
    if (!manifest) return pass(name, 'No manifest was given to look in.', null, null, 'not-checked')
    const { allowed } = checks.licence
    const threshold = allowed.length === 0 ? 'any' : allowed.join(', ')
    const stated = manifest.licence
    if (typeof stated !== 'string' || stated.trim() === '') {
      return fail(
        name,
        'licence-missing',
        'The manifest names no licence. Name one, such as CC-BY-4.0.',
        null,
        threshold,
      )
    }
    const known = allowed.some((each) => each.toLowerCase() === stated.trim().toLowerCase())
    if (allowed.length > 0 && !known) {
      const message = `The licence is ${stated.slice(0, 80)}; the Datanet takes ${threshold}.`
      return fail(name, 'licence-not-allowed', message, stated.slice(0, 80), threshold)
    }
    return pass(name, `Licence ${stated.slice(0, 80)}.`, stated.slice(0, 80), threshold)
  },
}
