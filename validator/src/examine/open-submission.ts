import {
  decodeManifestList,
  digestToCid,
  formatsWord,
  MAX_MANIFEST_LIST_BYTES,
  type ManifestListItem,
  toContributions,
  treeOf,
} from '@datanets/sdk/utils'
import type { LotSubmission } from '../chain/lot-view.ts'
import type { Reason } from '../report/report.ts'
import type { ContentReader } from './reader.ts'
import { rejection } from './reasons.ts'

/** A submission's list of manifests, checked against what was entered on chain. */
export type OpenedSubmission =
  | { kind: 'opened'; items: readonly ManifestListItem[] }
  /** The contributor committed to something that cannot be opened: every item is rejected for this reason. */
  | { kind: 'invalid'; reason: Reason }
  | { kind: 'missing'; why: string }

/**
 * Fetches a submission's list and checks everything the chain could not: that the list has the root, the number of files,
 * the bytes and the formats that were entered and charged to the quota.
 */
export async function openSubmission(reader: ContentReader, submission: LotSubmission): Promise<OpenedSubmission> {
  const fetched = await reader.read(digestToCid(submission.manifests, 'dag-json'), MAX_MANIFEST_LIST_BYTES)
  if (fetched.kind === 'missing') return fetched
  if (fetched.kind === 'faulty') return listInvalid(fetched.why)

  let items: readonly ManifestListItem[]
  try {
    items = decodeManifestList(fetched.bytes)
  } catch (error) {
    return listInvalid((error as Error).message.split('\n', 1)[0]!)
  }
  const problem = problemOf(items, submission)
  return problem ? { kind: 'invalid', reason: problem } : { kind: 'opened', items }
}

function problemOf(items: readonly ManifestListItem[], entered: LotSubmission): Reason | undefined {
  if (items.length !== entered.count) {
    const message = `The list has ${items.length} files; ${entered.count} were entered.`
    return rejection('submission', 'manifest-list-invalid', message, items.length, entered.count)
  }
  const computed = treeOf(toContributions(items)).root
  if (computed !== entered.root) {
    return rejection(
      'submission',
      'root-mismatch',
      `The list has the root ${computed}; ${entered.root} was entered.`,
      computed,
      entered.root,
    )
  }
  const bytes = items.reduce((sum, { size }) => sum + size, 0)
  if (bytes !== entered.totalBytes) {
    const message = `The files have ${bytes} bytes; ${entered.totalBytes} were entered and charged to the quota.`
    return rejection('submission', 'size-claim-mismatch', message, bytes, entered.totalBytes)
  }
  const formats = formatsWord(items.map(({ format }) => format))
  if (formats !== entered.formats) {
    const message = `The files have the formats ${formats}; ${entered.formats} were entered (bitmaps).`
    return rejection('submission', 'format-claim-mismatch', message, formats, entered.formats)
  }
  return undefined
}

function listInvalid(why: string): OpenedSubmission {
  return {
    kind: 'invalid',
    reason: rejection('submission', 'manifest-list-invalid', `The block named as list of manifests is none: ${why}`),
  }
}
