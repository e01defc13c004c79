import { createHash } from 'node:crypto'
import type { ContentStore } from '@datanets/sdk/storage'
import { cidToDigest, decodeManifest, parseContributionId } from '@datanets/sdk/utils'
import type { Address, Hex } from 'viem'
import {
  DatasetEmptyError,
  DatasetMismatchError,
  DatasetModalityError,
  DatasetUnavailableError,
} from '../errors/dataset.ts'
import { type Dataset, type DatasetEntry, encodeDataset } from '../formats/dataset.ts'
import { type AcceptedEntry, type AccruedLot, acceptedEntries } from './accepted.ts'

/** What a dataset is built from: one Datanet as it stands on chain. */
export interface DatanetLots {
  datanetId: bigint
  modality: 'Text' | 'Image' | 'Audio'
  /** Accrued ones only. */
  lots: readonly AccruedLot[]
  /** Lots with contributions that are not accrued yet. */
  waiting: number
}

/** The chain as far as a dataset needs it. */
export interface DatasetSource {
  chainId: number
  /** Address of `Datanets`. */
  contracts: Address
  lotsOf(datanetId: bigint): Promise<DatanetLots>
}

export interface BuiltDataset {
  dataset: Dataset
  digest: Hex
  cid: string
}

export interface BuildOptions {
  source: DatasetSource
  store: ContentStore
  datanetIds: readonly bigint[]
  exclude?: readonly string[]
  /** Text models take text only; an export takes everything. */
  allow?: 'text' | 'any'
}

/**
 * The accepted contributions of these Datanets as a dataset, put to IPFS. The same chain gives the same digest on every
 * machine: entries stand in the order they were entered, ties by id.
 * @throws DatasetModalityError, DatasetEmptyError, DatasetMismatchError, DatasetUnavailableError
 */
export async function buildDataset(options: BuildOptions): Promise<BuiltDataset> {
  const { source, store, datanetIds, exclude = [], allow = 'text' } = options
  const excluded = new Set(exclude)
  const entries: AcceptedEntry[] = []
  let waiting = 0
  for (const datanetId of datanetIds) {
    const datanet = await source.lotsOf(datanetId)
    if (allow === 'text' && datanet.modality !== 'Text') throw new DatasetModalityError(datanet)
    waiting += datanet.waiting
    for (const lot of datanet.lots) entries.push(...(await acceptedEntries(lot, store)))
  }
  const kept = entries.filter(({ contribution }) => !excluded.has(contribution)).sort(byEntry)
  if (kept.length === 0) throw new DatasetEmptyError(datanetIds, waiting)

  const dataset: Dataset = { chainId: source.chainId, contracts: source.contracts, entries: kept.map(withoutBlock) }
  const { head, parts } = encodeDataset(dataset)
  for (const { bytes } of [...parts, head]) await store.put(bytes, { codec: 'dag-json' })
  return { dataset, digest: cidToDigest(head.cid), cid: head.cid.toString() }
}

/**
 * One contribution's bytes, checked against its leaf, and its manifest against contributor and file.
 * @param keep Whether to put both to the store it writes to: what a run was trained on stays available with the run.
 * @throws DatasetMismatchError, DatasetUnavailableError
 */
export async function fetchContribution(
  entry: DatasetEntry,
  store: ContentStore,
  { keep = false }: { keep?: boolean } = {},
): Promise<Uint8Array> {
  const subject = `Contribution ${entry.contribution}`
  const unavailable = (cause: unknown) => {
    throw new DatasetUnavailableError(subject, cause)
  }
  const manifestBytes = await store.get(entry.manifest).catch(unavailable)
  const manifest = decodeManifest(manifestBytes)
  const claims: [string, string, string][] = [
    ['contributor', entry.contributor, manifest.contributor.toLowerCase()],
    ['manifest sha-256', entry.sha256, manifest.sha256],
    ['payload', entry.payload.toString(), manifest.payload.toString()],
    ['format', entry.format, manifest.format],
  ]
  for (const [field, expected, actual] of claims) {
    if (expected !== actual) throw new DatasetMismatchError({ subject, field, expected, actual })
  }
  const bytes = await store.get(entry.payload, { maxBytes: entry.size }).catch(unavailable)
  const actual = `0x${createHash('sha256').update(bytes).digest('hex')}`
  if (actual !== entry.sha256)
    throw new DatasetMismatchError({ subject, field: 'sha-256', expected: entry.sha256, actual })
  if (keep) {
    await store.put(bytes, { codec: 'file' })
    await store.put(manifestBytes, { codec: 'dag-json' })
  }
  return bytes
}

function byEntry(one: AcceptedEntry, other: AcceptedEntry): number {
  if (one.enteredBlock !== other.enteredBlock) return one.enteredBlock < other.enteredBlock ? -1 : 1
  return parseContributionId(one.contribution) < parseContributionId(other.contribution) ? -1 : 1
}

function withoutBlock({ enteredBlock: _, ...entry }: AcceptedEntry): DatasetEntry {
  return entry
}
