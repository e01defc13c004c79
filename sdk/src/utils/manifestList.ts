import * as dagJson from '@ipld/dag-json'
import { CID } from 'multiformats/cid'
import type { Hex } from 'viem'
import { InvalidManifestError } from '../errors/values.ts'
import type { Contribution, Format } from '../types/protocol.ts'
import { cidToDigest, codecOf } from './cid.ts'
import { formatCode, formats } from './formats.ts'
import { type EncodedBlock, encodeDagJson, encodeManifest, type Manifest } from './manifest.ts'

/** Most bytes of a manifest list block: 256 items. */
export const MAX_MANIFEST_LIST_BYTES = 131_072

/** All that a leaf commits to, and where to find it. */
export type ManifestListItem = {
  manifest: CID
  payload: CID
  /** sha-256 of the file. */
  sha256: Hex
  /** Bytes of the file. */
  size: number
  format: Format
}

/**
 * The list of a submission's manifests: one dag-json block, from whose digest in the `Submitted` event everything else
 * can be found.
 */
export type ManifestList = readonly ManifestListItem[]

export function toManifestList(manifests: readonly Manifest[]): ManifestList {
  return manifests.map((manifest) => ({
    manifest: encodeManifest(manifest).cid,
    payload: manifest.payload,
    sha256: manifest.sha256,
    size: manifest.size,
    format: manifest.format,
  }))
}

export function encodeManifestList(list: ManifestList): EncodedBlock {
  return encodeDagJson(list)
}

export function decodeManifestList(bytes: Uint8Array): ManifestList {
  if (bytes.length > MAX_MANIFEST_LIST_BYTES)
    throw invalid('its block', `has ${bytes.length} bytes, more than ${MAX_MANIFEST_LIST_BYTES}`)
  let value: unknown
  try {
    value = dagJson.decode(bytes)
  } catch (cause) {
    throw invalid('its block', 'is not dag-json', cause)
  }
  if (!Array.isArray(value) || value.length === 0 || value.length > 256)
    throw invalid('its block', 'is not a list of 1 to 256 items')
  return value.map((item: unknown, index) => itemOf(item, index))
}

/** The contributions a list stands for, in order: what the leaves are made of. */
export function toContributions(list: ManifestList): Contribution[] {
  return list.map(({ format, manifest, sha256, size }, index) => ({
    index: BigInt(index),
    contentHash: sha256,
    size: BigInt(size),
    format: BigInt(formatCode(format)),
    manifestDigest: cidToDigest(manifest),
  }))
}

function itemOf(value: unknown, index: number): ManifestListItem {
  if (typeof value !== 'object' || value === null) throw invalid(`item ${index}`, 'is not a map')
  const given = value as Record<string, unknown>
  const { size, sha256 } = given
  const format = formats.find((name) => name === given.format)
  if (!format) throw invalid(`format of item ${index}`, `is none of ${formats.join(', ')}`)
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 1)
    throw invalid(`size of item ${index}`, 'is not a whole number of at least 1')
  if (typeof sha256 !== 'string' || !/^0x[0-9a-f]{64}$/.test(sha256))
    throw invalid(`sha256 of item ${index}`, 'is not 0x with 64 lower-case hexadecimal digits')
  return {
    manifest: link(given.manifest, `manifest of item ${index}`, ['dag-json']),
    payload: link(given.payload, `payload of item ${index}`, ['raw', 'dag-pb']),
    sha256: sha256 as Hex,
    size,
    format,
  }
}

function link(value: unknown, field: string, codecs: readonly string[]): CID {
  const cid = CID.asCID(value)
  if (cid?.version !== 1 || cid.multihash.code !== 0x12 || !codecs.includes(codecOf(cid) ?? ''))
    throw invalid(field, `is not a CIDv1 with sha2-256 of ${codecs.join(' or ')}`)
  return cid
}

function invalid(field: string, reason: string, cause?: unknown): InvalidManifestError {
  return new InvalidManifestError({ what: 'manifest list', field, reason, cause })
}
