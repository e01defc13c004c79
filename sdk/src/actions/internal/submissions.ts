import { type Client, type Hex, pad } from 'viem'
import { SubmissionNotMinedError } from '../../errors/submission.ts'
import { readDatanetsEvents } from '../../events/datanets.ts'
import type { DatanetsEvent } from '../../events/types.ts'
import type { SubmissionRecord } from '../../journal/types.ts'
import type { Deployment } from '../../types/deployment.ts'
import { digestToCid } from '../../utils/cid.ts'
import { unpackEntry } from '../../utils/entry.ts'
import { fromLotId, toContributionId } from '../../utils/ids.ts'
import { type PackedSubmission, unpackSubmission } from '../../utils/submission.ts'

/** Where a submission is on chain. */
export type EnteredSubmission = {
  lotId: bigint
  datanetId: bigint
  /** Position in the lot of its first item. */
  first: number
  count: number
  contributionIds: bigint[]
  /** Where the manifest list is, once published. */
  manifestsCid: string
  hash: Hex
}

export function enteredOf(event: DatanetsEvent<'Submitted'>): EnteredSubmission {
  const { entry, lot, manifests } = event.args
  const { count, first } = unpackEntry(entry)
  return {
    lotId: lot,
    datanetId: fromLotId(lot).datanetId,
    first,
    count,
    contributionIds: Array.from({ length: count }, (_, index) =>
      toContributionId({ lotId: lot, index: first + index }),
    ),
    manifestsCid: digestToCid(manifests, 'dag-json').toString(),
    hash: event.transactionHash,
  }
}

/** Looks for a submission's event: the only proof that it was entered. */
export async function findEntered(
  client: Client,
  deployment: Deployment,
  submission: Pick<PackedSubmission, 'contributor' | 'root' | 'manifests'>,
  range: { fromBlock?: bigint | undefined; toBlock: bigint },
): Promise<EnteredSubmission | undefined> {
  const events = await readDatanetsEvents(client, deployment, {
    eventNames: ['Submitted'],
    second: pad(submission.contributor, { size: 32 }),
    ...range,
  })
  const found = events.find(({ args }) => args.root === submission.root && args.manifests === submission.manifests)
  return found && enteredOf(found)
}

/** As {@link findEntered}, for those that must be there. */
export async function requireEntered(...args: Parameters<typeof findEntered>): Promise<EnteredSubmission> {
  const found = await findEntered(...args)
  if (!found) throw new SubmissionNotMinedError({ root: args[2].root })
  return found
}

/** What the journal keeps of a submission about to be sent. */
export function recordOf(submission: PackedSubmission, options: { admission: Hex; block: bigint }): SubmissionRecord {
  const { chainId, contracts, contributor, datanetId, items, manifests, root } = submission
  return {
    id: root,
    chainId,
    contracts,
    datanetId,
    contributor,
    manifests,
    items: items.map(({ bytes, manifestBlock, name }) => ({ name, bytes, manifestBlock })),
    ...options,
  }
}

export function submissionOf(record: SubmissionRecord): PackedSubmission {
  return unpackSubmission(record, record.items)
}
