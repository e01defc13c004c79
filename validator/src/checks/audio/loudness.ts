import { fail, pass, round } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'loudness'
/** What digital silence measures, instead of minus infinity. */
const LOWEST_DB = -120

export const loudness: Check = {
  name,
  modality: 'audio',
  stage: 'content',
  run(_input, { checks }, { content }) {
    if (content?.modality !== 'audio') return pass(name, 'There is no sound.', null, null, 'undetermined')
    const { minDb } = checks.loudness
    const db = round(content.power > 0 ? Math.max(LOWEST_DB, 10 * Math.log10(content.power)) : LOWEST_DB, 2)
    if (db >= minDb) return pass(name, `RMS ${db} dBFS.`, db, minDb)
    return fail(name, 'quiet', `RMS ${db} dBFS; ${minDb} is asked. Record at a higher level.`, db, minDb)
  },
}
