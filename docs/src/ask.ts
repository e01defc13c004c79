import { QuestionTooLongError } from './errors.ts'
import { plainText } from './pages.ts'
import { type DocsIndex, type Hit, stem } from './search.ts'

export const MAX_QUESTION = 500

export type Source = { page: string; title: string; heading: string; anchor: string }

export type Answer = {
  question: string
  /** Markdown, in the words of the documentation; undefined when it does not say. */
  answer: string | undefined
  sources: Source[]
  followUps: string[]
}

/** A writer that may put found passages into its own words; it sees nothing but the passages. */
export type Writer = (question: string, passages: string[]) => Promise<string>

/** Part of a question's words, weighed by rarity, that a section must contain to count as an answer. */
const COVERAGE = 0.6

const wordsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[^\p{L}\p{N}]+/u)
      .map(stem)
      .filter((word) => word !== ''),
  ),
]

/**
 * How much of the question a section speaks of. Words that the documentation never uses weigh most: a question about
 * something else is recognised by them.
 */
function coverage(question: string[], hit: Hit, index: DocsIndex): number {
  const own = new Set(wordsOf(`${hit.section.pageTitle} ${hit.section.heading} ${plainText(hit.section.text)}`))
  const weight = (word: string) => (index.vocabulary.has(word) ? 1 : 2)
  const total = question.reduce((sum, word) => sum + weight(word), 0)
  const met = question.filter((word) => own.has(word)).reduce((sum, word) => sum + weight(word), 0)
  return total === 0 ? 0 : met / total
}

/** The paragraphs of a section that say most about the question, in their order. */
function extract(question: string[], hit: Hit): string {
  const blocks = hit.section.text.split(/\n\n+/)
  const scored = blocks.map((block, at) => {
    const words = new Set(wordsOf(plainText(block)))
    return { block, at, score: question.filter((word) => words.has(word)).length }
  })
  const best = scored
    .toSorted((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, 3)
    .filter(({ score }, rank) => score > 0 || rank === 0)
  return best
    .toSorted((a, b) => a.at - b.at)
    .map(({ block }) => block)
    .join('\n\n')
}

/** Answers from the documentation alone, or says that it does not say. */
export async function ask(
  index: DocsIndex,
  question: string,
  { write }: { write?: Writer | undefined } = {},
): Promise<Answer> {
  if (question.length > MAX_QUESTION) throw new QuestionTooLongError(question.length, MAX_QUESTION)
  const words = wordsOf(question)
  const hits = index.search(question)
  const covered = hits.filter((hit) => coverage(words, hit, index) >= COVERAGE)
  const followUps = hits
    .filter((hit) => !covered.slice(0, 1).includes(hit))
    .slice(0, 3)
    .map(({ section }) => `${section.pageTitle}: ${section.heading}`)
  const [best, second] = covered
  if (best === undefined) return { question, answer: undefined, sources: [], followUps }

  const used = second !== undefined && second.score > best.score * 0.7 ? [best, second] : [best]
  const passages = used.map((hit) => extract(words, hit))
  const answer = write === undefined ? passages.join('\n\n') : await write(question, passages)
  const sources = used.map(({ section }) => ({
    page: section.page,
    title: section.pageTitle,
    heading: section.heading,
    anchor: section.anchor,
  }))
  return { question, answer, sources, followUps }
}

/** The answer as a markdown page. */
export function renderAnswer({ question, answer, sources, followUps }: Answer): string {
  const list = (items: string[]) => items.map((item) => `- ${item}`).join('\n')
  const links = sources.map(({ page, title, heading, anchor }) => `[${title}: ${heading}](/${page}#${anchor})`)
  return [
    `# ${question}`,
    answer ?? 'We could not answer this: the documentation does not say.',
    ...(links.length === 0 ? [] : ['## Sources', list(links)]),
    ...(followUps.length === 0 ? [] : ['## See also', list(followUps)]),
  ].join('\n\n')
}
