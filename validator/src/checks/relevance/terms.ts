import { wordsOf } from '../fingerprint/text.ts'
import type { Terms } from './model.ts'

const MOST_TERMS = 2_000
const MIN_LETTERS = 3

/** Words of every English text; in other languages the accepted corpus teaches which words say little. */
const COMMON = new Set(
  (
    'the and for with that this from are was were not but has have had its his her their they them she you our your all any can ' +
    'will would may one two into out over about than then when where which who what how more most other some such only also'
  ).split(' '),
)

/** Counts of the words of a text, the most frequent first; equals in alphabetical order. */
export function termsOf(text: string): Terms {
  const counts = new Map<string, number>()
  for (const word of wordsOf(text)) {
    if (word.length < MIN_LETTERS && word.charCodeAt(0) < 0x2e80) continue
    if (COMMON.has(word)) continue
    const term = stem(word)
    counts.set(term, (counts.get(term) ?? 0) + 1)
  }
  const kept = [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1)).slice(0, MOST_TERMS)
  // No prototype: a word such as "constructor" is only a word.
  return Object.assign(Object.create(null) as Terms, Object.fromEntries(kept))
}

/** Drops plural and verb endings, enough for "validator" to meet "validators". */
function stem(word: string): string {
  return word.length > 4 ? word.replace(/(?:ies|es|s|ing|ed)$/, '') : word
}
