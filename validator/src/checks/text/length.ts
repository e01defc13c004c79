import { wordsOf } from '../fingerprint/text.ts'
import { fail, pass } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'textLength'

export const textLength: Check = {
  name,
  modality: 'text',
  stage: 'content',
  run(_input, { checks }, { content }) {
    if (content?.modality !== 'text') return pass(name, 'There is no text.', null, null, 'undetermined')
    const { minCharacters, maxCharacters, minWords } = checks.textLength
    // Zero-width and formatting characters are no content.
    const characters = content.text.replace(/[\p{Cf}\p{Cc}\p{Z}]+/gu, ' ').trim().length
    if (characters === 0) return fail(name, 'empty', 'There is no text in it. Send a file with text.', 0, minCharacters)
    if (characters < minCharacters) {
      return fail(
        name,
        'too-short',
        `${characters} characters; the Datanet asks for ${minCharacters}.`,
        characters,
        minCharacters,
      )
    }
    if (characters > maxCharacters) {
      return fail(
        name,
        'too-long',
        `${characters} characters; the Datanet takes ${maxCharacters}.`,
        characters,
        maxCharacters,
      )
    }
    const words = wordsOf(content.text).length
    if (words < minWords)
      return fail(name, 'too-short', `${words} words; the Datanet asks for ${minWords}.`, words, minWords)
    return pass(name, `${characters} characters, ${words} words.`, characters, minCharacters)
  },
}
