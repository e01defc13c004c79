import MiniSearch from 'minisearch'
import { type Page, plainText, type Section } from './pages.ts'

export type Hit = { section: Section; score: number; terms: string[] }

const STOP_WORDS = new Set(
  'a an and are as at be but by can could did do does for from had has have how i if in into is it its me my no not of on or our shall should so than that the their them then there these they this to us was we were what when where which who whom why will with would you your'.split(
    ' ',
  ),
)

/** Crude stemming: enough that "validators", "validator" and "validated" meet. */
export function stem(word: string): string {
  const lower = word.toLowerCase()
  if (STOP_WORDS.has(lower)) return ''
  if (lower.length < 5) return lower.replace(/(?<=[a-z]{3})s$/, '')
  return lower.replace(/(ations?|ators?|ings?|ments?|ed|ers?|es|s|e)$/, '')
}

export type DocsIndex = { search: (query: string, limit?: number) => Hit[]; vocabulary: ReadonlySet<string> }

/** A full-text index over sections, ranked by BM25 with the heading and the page's title weighing more. */
export function createIndex(pages: Page[]): DocsIndex {
  const sections = new Map(pages.flatMap((page) => page.sections).map((section) => [section.id, section]))
  const vocabulary = new Set<string>()
  const index = new MiniSearch<{ id: string; heading: string; pageTitle: string; text: string }>({
    fields: ['heading', 'pageTitle', 'text'],
    processTerm: (term) => {
      const root = stem(term)
      if (root === '') return null
      return root
    },
  })
  for (const { id, heading, pageTitle, text } of sections.values()) {
    const plain = plainText(text)
    index.add({ id, heading, pageTitle, text: plain })
    for (const word of `${heading} ${pageTitle} ${plain}`.split(/[^\p{L}\p{N}]+/u)) vocabulary.add(stem(word))
  }
  vocabulary.delete('')

  return {
    vocabulary,
    search: (query, limit = 8) =>
      index
        .search(query, { boost: { heading: 3, pageTitle: 2 }, prefix: (term) => term.length > 4, combineWith: 'OR' })
        .slice(0, limit)
        .map(({ id, score, terms }) => ({ section: sections.get(id)!, score, terms })),
  }
}
