import { fail, pass, round } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'gibberish'
const LOOKED_AT = 200_000
const MIN_WORDS = 8
const LONGEST_WORD = 30
const VOWEL = /[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿœāēīōūăĕĭŏŭąęįųőű]/i
const CONSONANTS_IN_A_ROW = /[bcdfghjklmnpqrstvwxz]{6,}/i

/** Share of words that look like words. Scripts other than Latin are taken as they are: their rules differ too much. */
export const gibberish: Check = {
  name,
  modality: 'text',
  stage: 'content',
  run(_input, { checks }, { content }) {
    if (content?.modality !== 'text') return pass(name, 'There is no text.', null, null, 'undetermined')
    const { minWordShare } = checks.gibberish
    const tokens = content.text.slice(0, LOOKED_AT).match(/\S+/g) ?? []
    if (tokens.length < MIN_WORDS)
      return pass(name, `Too few words to judge (${tokens.length}).`, null, minWordShare, 'undetermined')
    const share = round(tokens.filter(looksLikeWord).length / tokens.length, 4)
    if (share >= minWordShare) return pass(name, `${Math.round(share * 100)} % are word-like.`, share, minWordShare)
    const message = `Only ${Math.round(share * 100)} % of what stands between spaces looks like a word; ${Math.round(minWordShare * 100)} % are asked.`
    return fail(name, 'gibberish', message, share, minWordShare)
  },
}

function looksLikeWord(token: string): boolean {
  if (!/^\p{ASCII}*$/u.test(token) && /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(token))
    return true
  const letters = token.replace(/[^\p{L}]/gu, '')
  // Numbers, rules and list marks belong to ordinary text.
  if (letters.length === 0) return token.length <= LONGEST_WORD
  if (letters.length > LONGEST_WORD || letters.length * 2 < token.length) return false
  return letters.length <= 4 || (VOWEL.test(letters) && !CONSONANTS_IN_A_ROW.test(letters))
}
