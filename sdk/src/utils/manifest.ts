import * as dagJson from '@ipld/dag-json'
import { CID } from 'multiformats/cid'
import { type Address, getAddress, type Hex, isAddress, sha256 } from 'viem'
import { InvalidManifestError } from '../errors/values.ts'
import type { Format } from '../types/protocol.ts'
import { codecOf, digestToCid } from './cid.ts'
import { cidOfFile } from './file.ts'
import { formats } from './formats.ts'

/** Most bytes of a manifest block. */
export const MAX_MANIFEST_BYTES = 16_384

const maxTitle = 200
const maxLicence = 100

/**
 * What a contributor says about one file. It names chain, contract and contributor, so nobody can enter another's
 * submission as their own.
 */
export type Manifest = {
  chainId: number
  /** Address of `Datanets`. */
  contracts: Address
  datanetId: number
  contributor: Address
  /** The file, as `ipfs add` with the profile `unixfs-v1-2025` names it. */
  payload: CID
  /** sha-256 of the whole file. */
  sha256: Hex
  /** Bytes of the file. */
  size: number
  format: Format
  title: string
  /** SPDX identifier or the licence's name. */
  licence: string
  /** ISO 8601 time in UTC. */
  createdAt: string
}

export type CreateManifestParameters = Pick<Manifest, 'chainId' | 'contracts' | 'contributor' | 'format'> & {
  datanetId: bigint | number
  bytes: Uint8Array
  title?: string | undefined
  licence?: string | undefined
  createdAt: Date | string
}

/** Hashes a file and describes it. */
export async function createManifest(parameters: CreateManifestParameters): Promise<Manifest> {
  const { bytes, chainId, contracts, contributor, createdAt, datanetId, format, licence, title } = parameters
  return checkManifest({
    chainId,
    contracts: getAddress(contracts),
    datanetId: Number(datanetId),
    contributor: getAddress(contributor),
    payload: await cidOfFile(bytes),
    sha256: sha256(bytes),
    size: bytes.length,
    format,
    title: title ?? '',
    licence: licence ?? '',
    createdAt: typeof createdAt === 'string' ? createdAt : createdAt.toISOString(),
  })
}

/** A block with its CID and the digest in it, which is what leaves and contracts hold. */
export type EncodedBlock = { cid: CID; bytes: Uint8Array; digest: Hex }

/** Encodes any value as a dag-json block. */
export function encodeDagJson(value: unknown): EncodedBlock {
  const bytes = dagJson.encode(value)
  const digest = sha256(bytes)
  return { cid: digestToCid(digest, 'dag-json'), bytes, digest }
}

export function encodeManifest(manifest: Manifest): EncodedBlock {
  const block = encodeDagJson(checkManifest(manifest))
  if (block.bytes.length > MAX_MANIFEST_BYTES)
    throw invalid('its block', `has ${block.bytes.length} bytes, more than ${MAX_MANIFEST_BYTES}`)
  return block
}

/** Reads a manifest block. Its fields are checked, not what they claim about the file. */
export function decodeManifest(bytes: Uint8Array): Manifest {
  if (bytes.length > MAX_MANIFEST_BYTES)
    throw invalid('its block', `has ${bytes.length} bytes, more than ${MAX_MANIFEST_BYTES}`)
  let value: unknown
  try {
    value = dagJson.decode(bytes)
  } catch (cause) {
    throw invalid('its block', 'is not dag-json', cause)
  }
  return checkManifest(value)
}

function checkManifest(value: unknown): Manifest {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('its block', 'is not a map')
  const given = value as Record<string, unknown>
  return {
    chainId: natural(given, 'chainId', 1),
    contracts: address(given, 'contracts'),
    datanetId: natural(given, 'datanetId', 1),
    contributor: address(given, 'contributor'),
    payload: payload(given),
    sha256: digest(given),
    size: natural(given, 'size', 1),
    format: format(given),
    title: text(given, 'title', maxTitle),
    licence: text(given, 'licence', maxLicence),
    createdAt: time(given),
  }
}

function natural(given: Record<string, unknown>, field: string, min: number): number {
  const value = given[field]
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min)
    throw invalid(field, `is not a whole number of at least ${min}`)
  return value
}

function address(given: Record<string, unknown>, field: string): Address {
  const value = given[field]
  if (typeof value !== 'string' || !isAddress(value, { strict: false })) throw invalid(field, 'is not an address')
  return getAddress(value)
}

function payload(given: Record<string, unknown>): CID {
  const cid = CID.asCID(given.payload)
  if (!cid) throw invalid('payload', 'is not a link')
  const codec = codecOf(cid)
  if (cid.version !== 1 || cid.multihash.code !== 0x12 || (codec !== 'raw' && codec !== 'dag-pb'))
    throw invalid('payload', 'is not the CIDv1 of a file with sha2-256')
  return cid
}

function digest(given: Record<string, unknown>): Hex {
  const value = given.sha256
  if (typeof value !== 'string' || !/^0x[0-9a-f]{64}$/.test(value))
    throw invalid('sha256', 'is not 0x with 64 lower-case hexadecimal digits')
  return value as Hex
}

function format(given: Record<string, unknown>): Format {
  const found = formats.find((name) => name === given.format)
  if (!found) throw invalid('format', `is none of ${formats.join(', ')}`)
  return found
}

function text(given: Record<string, unknown>, field: string, max: number): string {
  const value = given[field]
  if (typeof value !== 'string' || value.length > max)
    throw invalid(field, `is not a text of at most ${max} characters`)
  return value
}

function time(given: Record<string, unknown>): string {
  const value = given.createdAt
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) || Number.isNaN(Date.parse(value)))
    throw invalid('createdAt', 'is not an ISO 8601 time in UTC')
  return value
}

function invalid(field: string, reason: string, cause?: unknown): InvalidManifestError {
  return new InvalidManifestError({ what: 'manifest', field, reason, cause })
}
