import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ContentStore } from '@datanets/sdk/storage'
import { canonicalJson } from '../provenance/canonical.ts'
import { type BuiltDataset, buildDataset, type DatasetSource, fetchContribution } from './build.ts'

export interface ExportDatasetOptions {
  source: DatasetSource
  store: ContentStore
  datanetIds: readonly bigint[]
  exclude?: readonly string[]
  /** Folder to write to; made when absent. */
  folder: string
  onProgress?: (done: number, count: number) => void
}

/**
 * Writes a dataset of any modality to a folder: every file, verified, as `files/<contribution>.<format>`, and `dataset.json`
 * that lists them with contributor, digest and CID. This is what a run on image or audio Datanets is: a training elsewhere
 * names the digest and can be checked against it.
 */
export async function exportDataset(options: ExportDatasetOptions): Promise<BuiltDataset> {
  const { folder, onProgress, store } = options
  const built = await buildDataset({ ...options, allow: 'any' })
  mkdirSync(join(folder, 'files'), { recursive: true })
  const files = []
  for (const entry of built.dataset.entries) {
    const path = `files/${entry.contribution}.${entry.format}`
    writeFileSync(join(folder, path), await fetchContribution(entry, store))
    const { contribution, contributor, sha256, size, format } = entry
    const cids = { manifest: entry.manifest.toString(), payload: entry.payload.toString() }
    files.push({ contribution, contributor, path, sha256, size, format, ...cids })
    onProgress?.(files.length, built.dataset.entries.length)
  }
  const { chainId, contracts } = built.dataset
  const list = { chainId, contracts: contracts.toLowerCase(), digest: built.digest, cid: built.cid, files }
  writeFileSync(join(folder, 'dataset.json'), canonicalJson(list))
  return built
}
