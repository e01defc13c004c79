import { type EncodedBlock, encodeDagJson, formats, parseContributionId } from '@datanets/sdk/utils'
import * as dagJson from '@ipld/dag-json'
import type { CID } from 'multiformats/cid'
import type { Address, Hex } from 'viem'
import { RunBlockInvalidError } from '../errors/formats.ts'
import { Reader } from './reader.ts'

const TYPE = 'datanets-dataset/1'
/** Entries in one block: about 300 kB. */
export const PART_LENGTH = 1024

/** One accepted contribution. */
export interface DatasetEntry {
  /** Text form, such as `3-12-7`. */
  contribution: string
  /** Lower case. */
  contributor: Address
  manifest: CID
  payload: CID
  sha256: Hex
  size: number
  format: (typeof formats)[number]
}

/**
 * The list of accepted contributions a run is made of, in the order they were entered on chain. `openRun` names the digest of
 * its head; the head links parts, so that no block grows with the Datanet.
 */
export interface Dataset {
  chainId: number
  /** Address of `Datanets`, lower case. */
  contracts: Address
  entries: DatasetEntry[]
}

export interface EncodedDataset {
  head: EncodedBlock
  parts: EncodedBlock[]
}

export function encodeDataset({ chainId, contracts, entries }: Dataset): EncodedDataset {
  const parts: EncodedBlock[] = []
  for (let start = 0; start < entries.length; start += PART_LENGTH) {
    parts.push(encodeDagJson(entries.slice(start, start + PART_LENGTH).map(plainEntry)))
  }
  const head = encodeDagJson({
    type: TYPE,
    chainId,
    contracts: contracts.toLowerCase(),
    count: entries.length,
    bytes: entries.reduce((sum, { size }) => sum + size, 0),
    parts: parts.map(({ cid }) => cid),
  })
  return { head, parts }
}

/** Reads a dataset; `load` fetches a part, already checked against its CID. */
export async function decodeDataset(head: Uint8Array, load: (cid: CID) => Promise<Uint8Array>): Promise<Dataset> {
  const reader = Reader.decode('dataset', head, TYPE)
  const entries: DatasetEntry[] = []
  const count = reader.natural('count')
  for (const cid of reader.links('parts')) entries.push(...decodePart(await load(cid)))
  if (entries.length !== count) {
    throw new RunBlockInvalidError('dataset', `it says ${count} contributions and lists ${entries.length}`)
  }
  if (new Set(entries.map(({ contribution }) => contribution)).size !== count) {
    throw new RunBlockInvalidError('dataset', 'it lists a contribution twice')
  }
  return { chainId: reader.natural('chainId'), contracts: reader.address('contracts'), entries }
}

function decodePart(bytes: Uint8Array): DatasetEntry[] {
  let list: unknown
  try {
    list = dagJson.decode(bytes)
  } catch (cause) {
    throw new RunBlockInvalidError('dataset', 'a part is not dag-json', cause)
  }
  return new Reader('dataset', { entries: list }).maps('entries').map((reader) => {
    const contribution = reader.text('contribution')
    parseContributionId(contribution)
    const format = formats.find((name) => name === reader.text('format'))
    if (format === undefined) throw new RunBlockInvalidError('dataset', `${contribution} has an unknown format`)
    return {
      contribution,
      contributor: reader.address('contributor'),
      manifest: reader.link('manifest'),
      payload: reader.link('payload'),
      sha256: reader.digest('sha256'),
      size: reader.natural('size'),
      format,
    }
  })
}

function plainEntry({ contribution, contributor, manifest, payload, sha256, size, format }: DatasetEntry) {
  return { contribution, contributor: contributor.toLowerCase(), manifest, payload, sha256, size, format }
}
