import { fail, pass, round } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'encoding'
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is counted.
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/g
/** Overrides of writing direction, which show a reader other text than the bytes hold. */
const OVERRIDE = /[\u202a-\u202e\u2066-\u2069]/g
const LONE_SURROGATE = /\p{Surrogate}/gu

export const encoding: Check = {
  name,
  modality: 'text',
  stage: 'content',
  run(_input, { checks }, { content }) {
    if (content?.modality !== 'text') return pass(name, 'There is no text.', null, null, 'undetermined')
    const { text, encoding: found, invalid } = content
    const { maxControlShare } = checks.encoding
    const bad = invalid + count(text, CONTROL) + count(text, OVERRIDE) + count(text, LONE_SURROGATE)
    const share = round(bad / Math.max(1, text.length), 6)
    if (share <= maxControlShare) return pass(name, `Clean ${found}.`, share, maxControlShare)
    const message = `${bad} of ${text.length} characters are invalid, control or direction overrides. Save it as clean UTF-8.`
    return fail(name, 'bad-encoding', message, share, maxControlShare)
  },
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
