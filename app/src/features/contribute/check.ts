import {
  type GetUsageReturnType,
  getUsage,
  type PlanSubmissionsReturnType,
  type PostponedReason,
  planSubmissions,
  type RefusedReason,
} from '@datanets/sdk'
import { DAILY_BYTES, DAILY_FILES, formats } from '@datanets/sdk/utils'
import { useQuery } from '@tanstack/react-query'
import type { Address } from 'viem'
import { formatBytes, formatTime } from '../../lib/format.ts'
import { useReader } from '../../lib/wallet.ts'
import type { LocalFile } from './files.ts'
import { useOwnHashes } from './own-hashes.ts'

export type Plan = PlanSubmissionsReturnType<LocalFile>

/** What happens with one file, and why, before anything is signed. */
export type Checked = { file: LocalFile; datanetId?: bigint; reason?: string }

const WORDS: Record<PostponedReason | RefusedReason, string> = {
  'daily-files': `Over today's ${DAILY_FILES} files`,
  'daily-bytes': `Over today's ${formatBytes(DAILY_BYTES)}`,
  'datanet-bytes': "Over the Datanet's own limit for today",
  empty: 'An empty file: a contribution has at least one byte',
  'unknown-format': `Not a format that Datanets take: ${formats.join(', ')}`,
  'too-large': `Larger than a day's limit of ${formatBytes(DAILY_BYTES)}`,
  'no-datanet': 'No Datanet here takes this format',
  'file-cap': 'The Datanet is full',
  budget: "The Datanet's budget cannot reserve its reward",
}

export type CheckResult = { plan: Plan; checked: Checked[]; usage: GetUsageReturnType }

type CheckParameters = {
  account: Address
  files: readonly LocalFile[]
  /** Hashes of files that were sent just now, and may not be published yet. */
  sent: ReadonlySet<string>
  /** Where all of them are to go; wherever their format is taken by default. */
  datanetId: bigint | undefined
}

/** Checks every file against formats, limits, caps and budgets, and against each other. Sends nothing. */
export function useCheck({ account, files, sent, datanetId }: CheckParameters) {
  const client = useReader()
  const own = useOwnHashes(account)
  const key = files.map(({ name, hash }) => `${name} ${hash}`)
  return useQuery({
    queryKey: ['check', account, `${datanetId ?? 'all'}`, key, sent.size, own.size],
    queryFn: async ({ signal }): Promise<CheckResult> => {
      const { unique, repeats } = withoutRepeats(files, new Set([...sent, ...own]))
      const datanetIds = datanetId === undefined ? undefined : [datanetId]
      const [plan, usage] = await Promise.all([
        planSubmissions(client, { account, files: unique, datanetIds, signal }),
        getUsage(client, { account, signal }),
      ])
      return { plan, usage, checked: [...checkedOf(plan), ...repeats] }
    },
  })
}

function withoutRepeats(
  files: readonly LocalFile[],
  known: ReadonlySet<string>,
): { unique: LocalFile[]; repeats: Checked[] } {
  const first = new Map<string, LocalFile>()
  const repeats: Checked[] = []
  for (const file of files) {
    const earlier = first.get(file.hash)
    if (known.has(file.hash)) repeats.push({ file, reason: 'You contributed the same bytes already' })
    else if (earlier === undefined) first.set(file.hash, file)
    else repeats.push({ file, reason: `The same bytes as ${earlier.name}` })
  }
  return { unique: [...first.values()], repeats }
}

function checkedOf({ submissions, later, refused, resumesAt }: Plan): Checked[] {
  return [
    ...submissions.flatMap(({ datanetId, files }) => files.map((file) => ({ file, datanetId }))),
    ...later.map(({ file, reason }) => ({ file, reason: `${WORDS[reason]}; free again ${formatTime(resumesAt)}` })),
    ...refused.map(({ file, reason }) => ({ file, reason: WORDS[reason] })),
  ]
}
