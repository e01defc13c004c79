import { renameSync, writeFileSync } from 'node:fs'
import type { ContentStore } from '@datanets/sdk/storage'
import { parseContributionId } from '@datanets/sdk/utils'
import { type Hex, numberToHex } from 'viem'
import type { Dataset } from '../formats/dataset.ts'
import { sha256Of } from '../provenance/canonical.ts'
import { fetchContribution } from './build.ts'
import { createTextReader } from './text.ts'

export interface WriteSourcesOptions {
  dataset: Dataset
  store: ContentStore
  path: string
  /** Told after each contribution. */
  onProgress?: (done: number, count: number) => void
}

/**
 * Fetches and verifies every contribution, reads its text and writes the list the trainer reads: one line each, in the
 * dataset's order. Returns the list's sha-256. The file appears whole or not at all.
 */
export async function writeSources({ dataset, store, path, onProgress }: WriteSourcesOptions): Promise<Hex> {
  const reader = createTextReader()
  const lines: string[] = []
  try {
    for (const entry of dataset.entries) {
      const bytes = await fetchContribution(entry, store, { keep: true })
      lines.push(
        JSON.stringify({
          contribution: trainerIdOf(entry.contribution),
          contributor: entry.contributor,
          format: entry.format,
          text: await reader.read(entry, bytes),
        }),
      )
      onProgress?.(lines.length, dataset.entries.length)
    }
  } finally {
    reader.close()
  }
  const text = `${lines.join('\n')}\n`
  writeFileSync(`${path}.part`, text)
  renameSync(`${path}.part`, path)
  return sha256Of(text)
}

/** A contribution's id as the trainer takes it: hexadecimal, because it knows no Datanets. */
export function trainerIdOf(contribution: string): Hex {
  return numberToHex(parseContributionId(contribution))
}
