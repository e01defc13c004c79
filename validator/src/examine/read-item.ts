import {
  DAILY_BYTES,
  decodeManifest,
  MAX_MANIFEST_BYTES,
  type Manifest,
  type ManifestListItem,
} from '@datanets/sdk/utils'
import type { Reason } from '../report/report.ts'
import type { ContentReader, Fetched } from './reader.ts'
import { type NodeReasonCode, rejection } from './reasons.ts'

/** A contribution with its content, as far as it could be had. */
export type ReadItem =
  | { kind: 'read'; manifest: Manifest; bytes: Uint8Array }
  | { kind: 'invalid'; reason: Reason }
  | { kind: 'missing'; why: string }

/** Fetches the manifest a leaf commits to, and the content that manifest names: never what the list says beside it. */
export async function readItem(reader: ContentReader, item: ManifestListItem): Promise<ReadItem> {
  const block = await reader.read(item.manifest, MAX_MANIFEST_BYTES)
  if (block.kind !== 'bytes') return unread(block, 'manifest')
  let manifest: Manifest
  try {
    manifest = decodeManifest(block.bytes)
  } catch (error) {
    return invalid('manifest-invalid', (error as Error).message.split('\n', 1)[0]!)
  }
  const content = await reader.read(manifest.payload, DAILY_BYTES)
  if (content.kind !== 'bytes') return unread(content, 'content')
  return { kind: 'read', manifest, bytes: content.bytes }
}

function unread(fetched: Exclude<Fetched, { kind: 'bytes' }>, what: 'manifest' | 'content'): ReadItem {
  if (fetched.kind === 'missing') return { kind: 'missing', why: `the ${what}: ${fetched.why}` }
  const code =
    what === 'manifest' ? 'manifest-invalid' : fetched.fault === 'too-large' ? 'payload-too-large' : 'payload-invalid'
  return invalid(code, `The ${what} is not usable: ${fetched.why}`)
}

function invalid(code: NodeReasonCode, message: string): ReadItem {
  return { kind: 'invalid', reason: rejection('manifest', code, message) }
}
