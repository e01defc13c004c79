import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ContentStore } from '@datanets/sdk/storage'
import { formatContributionId } from '@datanets/sdk/utils'
import { buildDataset, type DatasetSource } from '../dataset/build.ts'
import { writeSources } from '../dataset/sources.ts'
import { canonicalJson } from '../provenance/canonical.ts'
import { ask } from '../trainer/command.ts'
import type { TrainerHost } from '../trainer/task.ts'
import { parseRequest } from './request.ts'
import type { RunRequest } from './run.ts'

/**
 * What a run would be, before it is queued: which tokens are trained, what is truncated, duplicates, each contributor's part of
 * the rows, and the memory it would take. Nothing is opened.
 */
export class Previewer {
  readonly #options: {
    content: ContentStore
    datasets: DatasetSource
    host: () => Promise<TrainerHost>
    folder: string
  }

  constructor(options: {
    content: ContentStore
    datasets: DatasetSource
    host: () => Promise<TrainerHost>
    folder: string
  }) {
    this.#options = options
    mkdirSync(options.folder, { recursive: true })
  }

  async preview(input: unknown): Promise<Record<string, unknown>> {
    const request = parseRequest(input)
    const { content, datasets, folder, host } = this.#options
    const { datanetIds, exclude } = request
    const built = await buildDataset({ source: datasets, store: content, datanetIds, exclude })
    // Named by its digest: a second look at the same data fetches nothing.
    const sources = join(folder, `${built.digest.slice(2)}.jsonl`)
    await writeSources({ dataset: built.dataset, store: content, path: sources })
    const trainer = await host()
    const common = this.#arguments(request)
    const report = await ask(trainer, ['preview', ...common, '--data', sources], 'preview')
    const { lengths } = report as unknown as { lengths: { longest: number } }
    const memory = await ask(trainer, ['estimate', ...common, '--longest', String(lengths.longest)], undefined)
    return { ...(withTextIds(report) as object), dataset: { cid: built.cid, digest: built.digest }, memory }
  }

  #arguments({ base, download, revision, settings }: RunRequest): string[] {
    const path = join(this.#options.folder, 'settings.json')
    writeFileSync(path, canonicalJson(settings))
    const args = ['--base', base, '--settings', path]
    if (revision !== undefined) args.push('--revision', revision)
    if (download) args.push('--download')
    return args
  }
}

/** Replaces the trainer's ids (`0x3000c07#0`) by those people see (`3-12-7#0`), wherever they stand. */
function withTextIds(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replace(/^0x([0-9a-f]{1,38})(?=$|#)/, (id) =>
      BigInt(id) >> 40n > 0n ? formatContributionId(BigInt(id)) : id,
    )
  }
  if (Array.isArray(value)) return value.map(withTextIds)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      NAMES_WITH_IDS.has(name) || typeof item === 'object' ? withTextIds(item) : item,
    ]),
  )
}

const NAMES_WITH_IDS = new Set(['id', 'example', 'of', 'contribution', 'row'])
