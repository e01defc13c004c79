import { fail, pass, round } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'clipping'

export const clipping: Check = {
  name,
  modality: 'audio',
  stage: 'content',
  run(_input, { checks }, { content }) {
    if (content?.modality !== 'audio') return pass(name, 'There is no sound.', null, null, 'undetermined')
    const { maxShare } = checks.clipping
    const share = round(content.clipped / Math.max(1, content.frames * content.channels), 5)
    if (share <= maxShare) return pass(name, `A share of ${share} of the samples is at full scale.`, share, maxShare)
    return fail(
      name,
      'clipped',
      `A share of ${share} of the samples is at full scale; ${maxShare} may be. Record at a lower level.`,
      share,
      maxShare,
    )
  },
}
