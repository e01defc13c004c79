import { fail, pass, round } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'silence'

export const silence: Check = {
  name,
  modality: 'audio',
  stage: 'content',
  run(_input, { checks }, { content }) {
    if (content?.modality !== 'audio') return pass(name, 'There is no sound.', null, null, 'undetermined')
    const { maxShare, floorDb } = checks.silence
    const floor = 10 ** (floorDb / 20)
    let silent = 0
    for (const level of content.windows) if (level < floor) silent++
    const share = round(silent / Math.max(1, content.windows.length), 4)
    if (share <= maxShare) return pass(name, `${Math.round(share * 100)} % is below ${floorDb} dBFS.`, share, maxShare)
    const message = `${Math.round(share * 100)} % is below ${floorDb} dBFS; ${Math.round(maxShare * 100)} % may be. Send sound.`
    return fail(name, 'silent', message, share, maxShare)
  },
}
