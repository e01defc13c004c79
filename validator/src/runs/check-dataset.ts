import {
  type AcceptedEntry,
  acceptedEntries,
  type Dataset,
  DatasetMismatchError,
  type DatasetSource,
  DatasetUnavailableError,
  decodeDataset,
} from '@datanets/modelfactory/recompute'
import type { ContentStore } from '@datanets/sdk/storage'
import { fromContributionId, parseContributionId } from '@datanets/sdk/utils'
import { RunContentUnavailableError } from '../errors/runs.ts'
import type { RunContent } from './content.ts'
import { fail, pass } from './findings.ts'
import type { AnchoredRun, RunFinding } from './types.ts'

/** Every contribution of the dataset was accepted in an accrued lot, with this contributor, content and manifest. */
export async function checkDataset(
  { spec }: AnchoredRun,
  content: RunContent,
  { source, store }: { source: DatasetSource; store: ContentStore },
): Promise<{ finding: RunFinding; dataset?: Dataset }> {
  const head = await content.block('The dataset', spec.dataset)
  const dataset = await decodeDataset(head, (cid) => content.link('A part of the dataset', cid))
  const refuse = (code: string, message: string) => ({ finding: fail('dataset', code, message), dataset })
  if (dataset.chainId !== source.chainId || dataset.contracts !== source.contracts.toLowerCase()) {
    return refuse('other-chain', `The dataset is of ${dataset.contracts} on chain ${dataset.chainId}.`)
  }
  if (dataset.entries.length === 0) return refuse('empty', 'The dataset lists no contribution.')

  const accepted = await acceptedOf(dataset, source, store)
  for (const entry of dataset.entries) {
    const known = accepted.get(entry.contribution)
    if (known === undefined) {
      return refuse('not-accepted', `Contribution ${entry.contribution} is in no accrued lot's accepted items.`)
    }
    const wrong = (['contributor', 'sha256', 'size', 'format'] as const).find((field) => known[field] !== entry[field])
    if (wrong !== undefined) {
      const message = `Contribution ${entry.contribution} has ${wrong} ${entry[wrong]} in the dataset and ${known[wrong]} on chain.`
      return refuse('changed', message)
    }
    if (!known.manifest.equals(entry.manifest) || !known.payload.equals(entry.payload)) {
      return refuse(
        'changed',
        `Contribution ${entry.contribution} links another manifest or file than the one accepted.`,
      )
    }
  }
  return { finding: pass('dataset', `All ${dataset.entries.length} contributions were accepted.`), dataset }
}

/** Accepted contributions of the lots the dataset names, by id. */
async function acceptedOf(
  dataset: Dataset,
  source: DatasetSource,
  store: ContentStore,
): Promise<Map<string, AcceptedEntry>> {
  const wantedLots = new Set<bigint>()
  const datanetIds = new Set<bigint>()
  for (const { contribution } of dataset.entries) {
    const { datanetId, lotId } = fromContributionId(parseContributionId(contribution))
    wantedLots.add(lotId)
    datanetIds.add(datanetId)
  }
  const accepted = new Map<string, AcceptedEntry>()
  for (const datanetId of datanetIds) {
    const { lots } = await source.lotsOf(datanetId)
    for (const lot of lots) {
      if (!wantedLots.has(lot.id)) continue
      for (const entry of await entriesOf(lot, store)) accepted.set(entry.contribution, entry)
    }
  }
  return accepted
}

/** A manifest list that cannot be had, or is not the one submitted, is no fault of the run: nothing can be said about it. */
async function entriesOf(lot: Parameters<typeof acceptedEntries>[0], store: ContentStore): Promise<AcceptedEntry[]> {
  try {
    return await acceptedEntries(lot, store)
  } catch (error) {
    if (error instanceof DatasetUnavailableError || error instanceof DatasetMismatchError) {
      throw new RunContentUnavailableError('A manifest list', error)
    }
    throw error
  }
}
