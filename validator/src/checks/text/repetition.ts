import { wordsOf } from '../fingerprint/text.ts'
import { fail, pass, round } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'repetition'
const PHRASE_WORDS = 5
const MIN_PHRASES = 20

export const repetition: Check = {
  name,
  modality: 'text',
  stage: 'content',
  run(_input, { checks }, { content }) {
    if (content?.modality !== 'text') return pass(name, 'There is no text.', null, null, 'undetermined')
    const { maxShare } = checks.repetition
    const words = wordsOf(content.text)
    const phrases = words.length - PHRASE_WORDS + 1
    if (phrases < MIN_PHRASES)
      return pass(name, `Too few words to judge (${words.length}).`, null, maxShare, 'undetermined')
    const share = round(1 - distinctPhrases(words, phrases) / phrases, 4)
    const message = `${Math.round(share * 100)} % of its five-word phrases repeat earlier ones`
    if (share <= maxShare) return pass(name, `${message}.`, share, maxShare)
    return fail(
      name,
      'repetitive',
      `${message}; the limit is ${Math.round(maxShare * 100)} %. Remove the repeats.`,
      share,
      maxShare,
    )
  },
}

function distinctPhrases(words: readonly string[], phrases: number): number {
  const numbers = new Map<string, number>()
  const numbered = words.map((word) => {
    const number = numbers.get(word) ?? numbers.size
    numbers.set(word, number)
    return number
  })
  // Two 26-bit hashes make one 52-bit number: no string a phrase, and a collision in a file is next to impossible.
  const seen = new Set<number>()
  for (let at = 0; at < phrases; at++) {
    let high = 0
    let low = 0
    for (let word = 0; word < PHRASE_WORDS; word++) {
      high = (Math.imul(high, 31) + numbered[at + word]! * 7_919) & 0x3ffffff
      low = (Math.imul(low, 131_071) ^ Math.imul(numbered[at + word]! + 1, 0x9e3779b1)) & 0x3ffffff
    }
    seen.add(high * 0x4000000 + low)
  }
  return seen.size
}
