import type { Reason } from '../report/report.ts'

/** Reasons of the node itself, beside those of the checks: what could not be read, and what a submission claims. */
export const NODE_REASONS = {
  'not-fetched': 'the content could not be fetched in time; the file is not to blame',
  'rules-not-fetched': 'the rules document of the Datanet could not be fetched in time',
  'rules-invalid': 'the rules document of the Datanet is not usable',
  'manifest-list-invalid': 'the block the submission names is no list of as many manifests as it has files',
  'manifest-invalid': 'the block the list names is no manifest',
  'root-mismatch': 'the manifests do not have the Merkle root that was entered',
  'size-claim-mismatch': 'the manifests add up to other bytes than were entered and charged to the quota',
  'format-claim-mismatch': 'the manifests name other formats than were entered',
  'payload-invalid': 'the manifest names content by a CID that is not of a file',
  'payload-too-large': 'the content is longer than any contribution may be',
} as const

export type NodeReasonCode = keyof typeof NODE_REASONS

export function rejection(
  check: string,
  code: NodeReasonCode,
  message: string,
  measured: number | string | null = null,
  threshold: number | string | null = null,
): Reason {
  return { check, verdict: 'fail', code, measured, threshold, message }
}

export function abstention(check: string, code: NodeReasonCode, message: string): Reason {
  return { check, verdict: 'abstain', code, measured: null, threshold: null, message }
}
