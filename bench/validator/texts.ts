import { ARTICLES } from '../../scripts/samples/articles.ts'
import { seeded } from '../../scripts/samples/random.ts'

const VOCABULARY = [
  ...new Set(
    ARTICLES.flatMap(
      ({ paragraphs }) =>
        paragraphs
          .join(' ')
          .toLowerCase()
          .match(/[a-z]{3,}/g) ?? [],
    ),
  ),
]
const SENTENCES = 14

/** An article of sentences that nobody wrote before; every other one shares two with a common stock, as templates do. */
export function writeText(seed: number): string {
  const random = seeded(seed)
  const own = Array.from({ length: SENTENCES }, () => sentence(random))
  if (seed % 2 === 0) {
    const stock = seeded(1 + (seed % 10))
    own[0] = sentence(stock)
    own[SENTENCES - 1] = sentence(stock)
  }
  return own.join(' ')
}

function sentence(random: () => number): string {
  const words = Array.from(
    { length: 8 + Math.floor(random() * 10) },
    () => VOCABULARY[Math.floor(random() * VOCABULARY.length)]!,
  )
  const text = words.join(' ')
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`
}

/** What a copier does to a text, by name. */
export const TEXT_EDITS: Record<string, (text: string, random: () => number) => string> = {
  layout: (text) => `# Copy\n\n${text.toUpperCase().replaceAll('. ', '.\n\n* ')}`,
  'words-3%': (text, random) => swapped(text, 0.03, random),
  'words-8%': (text, random) => swapped(text, 0.08, random),
  'two-sentences-dropped': (text) =>
    sentencesOf(text)
      .filter((_, at) => at !== 3 && at !== 9)
      .join(' '),
  'sentences-reordered': (text, random) =>
    sentencesOf(text)
      .map((each) => ({ each, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ each }) => each)
      .join(' '),
  'two-sentences-added': (text, random) => [sentence(random), ...sentencesOf(text), sentence(random)].join(' '),
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=\.) /)
}

function swapped(text: string, share: number, random: () => number): string {
  return text
    .split(' ')
    .map((word) => (random() < share ? VOCABULARY[Math.floor(random() * VOCABULARY.length)]! : word))
    .join(' ')
}
