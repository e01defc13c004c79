import { fail, pass } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'size'

export const size: Check = {
  name,
  modality: 'any',
  stage: 'bytes',
  run({ bytes, declaredBytes }, { checks }) {
    const measured = bytes.length
    const { maxBytes } = checks.size
    if (measured === 0) return fail(name, 'empty', 'The file has no bytes. Send one with content.', 0, 1)
    if (measured !== declaredBytes) {
      const message = `The file has ${measured} bytes and was declared with ${declaredBytes}. Declare what is sent.`
      return fail(name, 'size-mismatch', message, measured, declaredBytes)
    }
    if (measured > maxBytes) {
      return fail(
        name,
        'too-large',
        `The file has ${measured} bytes; the Datanet takes ${maxBytes}. Send a smaller one.`,
        measured,
        maxBytes,
      )
    }
    return pass(name, `${measured} bytes, as declared.`, measured, maxBytes)
  },
}
