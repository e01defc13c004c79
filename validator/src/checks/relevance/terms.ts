import { wordsOf } from '../fingerprint/text.ts'
import type { Terms } from './model.ts'

const MOST_TERMS = 2_000
const MIN_LETTERS = 3

/** Counts of the words of a text, the most frequent first; equals in alphabetical order. */
export function termsOf(text: string): Terms {
  const counts = new Map<string, number>()
  for (const word of wordsOf(text)) {
    if (word.length < MIN_LETTERS && word.charCodeAt(0) < 0x2e80) continue
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
