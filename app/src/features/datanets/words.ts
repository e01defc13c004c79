import type { Datanet, Terms } from '@datanets/sdk'
import { DAILY_BYTES, DAILY_FILES } from '@datanets/sdk/utils'
import { formatBytes, formatCount, formatOpen, formatPercent, formatSeconds } from '../../lib/format.ts'

/** The terms of a Datanet as sentences. */
export function termsWords({ terms, formats }: Pick<Datanet, 'terms' | 'formats'>): string[] {
  return [
    `It takes ${listOf(formats)} files, ${formatCount(terms.fileCap)} of them at most.`,
    `Each accepted file earns ${formatOpen(terms.rewardPerFile)} OPEN. The reward is set aside when you contribute, so an accepted file is always paid.`,
    `You can contribute ${DAILY_FILES} files and ${formatBytes(DAILY_BYTES)} a day over all Datanets, and ${formatBytes(bytesHere(terms))} a day here. Days begin at midnight UTC.`,
    `A lot closes ${formatSeconds(terms.lotWindow)} after its first file. Validators then have ${formatSeconds(terms.voteWindow)} to vote.`,
    `${terms.seatCount} validators are seated for a lot and at least ${terms.quorum} have to vote. A file is accepted with ${formatPercent(terms.acceptBps / 10_000)} of the votes.`,
    `A result can be challenged for ${formatSeconds(terms.challengeWindow)}. After that it is paid.`,
    terms.gated ? 'Only accounts that its gate admits can contribute.' : 'Anyone can contribute.',
    'A rejected file uses its part of the day and costs you nothing else.',
  ]
}

const bytesHere = ({ dailyKilobytes }: Terms): number => Math.min(DAILY_BYTES, dailyKilobytes * 1000)

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

type Settings = Record<string, unknown>

/** What the rules document sets for one check, as a sentence. Unknown settings are shown as they are. */
const CHECKS: Record<string, (settings: Settings) => string | undefined> = {
  relevance: () => 'A file has to fit the purpose.',
  nearDuplicate: ({ maxSimilarity }) =>
    maxSimilarity === undefined
      ? undefined
      : `A file may be at most ${formatPercent(Number(maxSimilarity))} alike to an earlier one.`,
  licence: ({ allowed }) =>
    Array.isArray(allowed) && allowed.length > 0 ? `The licence has to be ${listOf(allowed.map(String))}.` : undefined,
  language: ({ allowed }) =>
    Array.isArray(allowed) && allowed.length > 0 ? `The text has to be in ${listOf(allowed.map(String))}.` : undefined,
  textLength: ({ minCharacters, minWords }) =>
    `A text has at least ${[minCharacters && `${minCharacters} characters`, minWords && `${minWords} words`].filter(Boolean).join(' and ')}.`,
}

export type RulesWords = { purpose: string | undefined; sentences: string[] }

/** A rules document in plain words. It comes from IPFS, so nothing about its shape is taken for granted. */
export function rulesWords(rules: unknown): RulesWords {
  const checks = recordOf(recordOf(rules).checks)
  const sentences = Object.entries(checks).flatMap(([name, value]) => {
    const { enabled, purpose: _, ...settings } = recordOf(value)
    if (enabled === false) return [`The check “${wordsOf(name)}” is off.`]
    const known = CHECKS[name]?.(settings)
    if (known !== undefined) return [known]
    const set = Object.entries(settings).map(([key, setting]) => `${wordsOf(key)} ${JSON.stringify(setting)}`)
    return set.length === 0 ? [] : [`The check “${wordsOf(name)}”: ${set.join(', ')}.`]
  })
  const { purpose } = recordOf(checks.relevance)
  return { purpose: typeof purpose === 'string' && purpose !== '' ? purpose : undefined, sentences }
}

function recordOf(value: unknown): Settings {
  return typeof value === 'object' && value !== null ? (value as Settings) : {}
}

const wordsOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** What validators check everywhere unless a Datanet's rules say otherwise. */
export const ALWAYS = [
  'The file opens, and is what its name and manifest say.',
  'It repeats no earlier file, exactly or nearly.',
  'It holds no active content and no personal data.',
  'It is not empty, blank, silent or gibberish.',
]
