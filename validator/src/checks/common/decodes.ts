import { fail, pass, round } from '../result.ts'
import type { Check, CheckResult } from '../types.ts'

const name = 'decode'
/** Encoders pad and drop a frame or two; what lacks more was cut. */
const COMPLETE = 0.98

export const decodes: Check = {
  name,
  modality: 'any',
  stage: 'content',
  run({ declaredFormat }, _rules, { content, decodeError }): CheckResult {
    if (!content) {
      if (!decodeError) return pass(name, 'The content was not decoded.', null, null, 'undetermined')
      return fail(name, decodeError.code, decodeError.message, decodeError.measured, decodeError.threshold)
    }
    if (content.modality === 'text' && content.images > 0 && declaredFormat === 'pdf') {
      const message = `The pdf has ${content.images} image${content.images === 1 ? '' : 's'} inside; a text Datanet takes pdf without. Remove them.`
      return fail(name, 'contains-images', message, content.images, 0)
    }
    if (content.modality === 'audio' && content.declaredFrames) {
      const share = content.frames / content.declaredFrames
      if (share < COMPLETE) {
        const message = `${content.frames} of the ${content.declaredFrames} frames promised are there. Export it again.`
        return fail(name, 'truncated', message, round(share, 4), COMPLETE)
      }
    }
    return pass(name, `The whole ${declaredFormat} decodes.`)
  },
}
