import {
  type PlanSubmissionsReturnType,
  type PostponedReason,
  planSubmissions,
  type RefusedReason,
} from '@datanets/sdk'
import type { FolderFile } from '@datanets/sdk/node'
import { DAILY_BYTES, DAILY_FILES } from '@datanets/sdk/utils'
import type { Address } from 'viem'
import type { Stack } from '../stack/stack.ts'

export type Plan = PlanSubmissionsReturnType<FolderFile>

/** A file that was not sent, and why. */
export type Refused = { name: string; contributor: string; reason: string }

const WORDS: Record<PostponedReason | RefusedReason, string> = {
  'daily-files': `over the limit of ${DAILY_FILES} files a day`,
  'daily-bytes': `over the limit of ${DAILY_BYTES} bytes a day`,
  'datanet-bytes': "over the Datanet's own limit of bytes a day",
  empty: 'an empty file: a contribution has at least one byte',
  'unknown-format': 'not a format that a Datanet takes',
  'too-large': `larger than any day's limit of ${DAILY_BYTES} bytes`,
  'no-datanet': 'no Datanet takes this format',
  'file-cap': 'the Datanet holds as many contributions as it takes',
  budget: "the Datanet's budget cannot reserve its reward",
}

/** Sorts files by Datanet and by what is left of today's quota, before anything is sent. */
export async function planFiles({ client }: Stack, account: Address, files: readonly FolderFile[]): Promise<Plan> {
  return planSubmissions(client, { account, files })
}

/** What is not sent today, in words with the limits. */
export function refusedOf(contributor: string, { later, refused, resumesAt }: Plan): Refused[] {
  const again = new Date(resumesAt * 1000).toISOString()
  return [
    ...refused.map(({ file, reason }) => ({
      name: file.name,
      contributor,
      reason: `${WORDS[reason]} (${file.size} bytes)`,
    })),
    ...later.map(({ file, reason }) => ({
      name: file.name,
      contributor,
      reason: `${WORDS[reason]}; free again at ${again}`,
    })),
  ]
}
