import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Deployment, getRun, type RunSpec } from '@datanets/sdk'
import type { ContentStore } from '@datanets/sdk/storage'
import { digestToCid } from '@datanets/sdk/utils'
import { CID } from 'multiformats/cid'
import type { Chain, Hex, PublicClient, Transport } from 'viem'
import { writeSources } from './dataset/sources.ts'
import { decodeDataset } from './formats/dataset.ts'
import { decodeAdapterBlock } from './formats/result.ts'
import { ask } from './trainer/command.ts'
import { readResult } from './trainer/result.ts'
import type { TrainerHost } from './trainer/task.ts'
import { superviseTraining } from './trainer/train.ts'

export interface RetrainerOptions {
  host: TrainerHost
  content: ContentStore
  client: PublicClient<Transport, Chain | undefined>
  deployment: Deployment
  /** Folders of base models this machine has. */
  bases: readonly string[]
  /** Where it works; what it makes there is removed again. */
  folder: string
}

export interface RetrainInput {
  spec: RunSpec
  /** Bytes of the run's `settings.json`. */
  settings: Uint8Array
  datasetCid: string
}

/** sha-256 of `adapter_model.safetensors` and `scores.json`, or why this machine cannot train this run. */
export type RetrainOutput = { adapter: Hex; scores: Hex } | { reason: string }

/**
 * Trains runs again, for validators: same base, data, settings and trainer code, so on the pinned profile the same bytes.
 * @throws TrainerRefusedError, TrainerCrashedError, DatasetUnavailableError when it could not finish.
 */
export function createRetrainer(options: RetrainerOptions): (input: RetrainInput) => Promise<RetrainOutput> {
  const { content, folder, host } = options
  return async ({ datasetCid, settings, spec }) => {
    mkdirSync(folder, { recursive: true })
    const work = mkdtempSync(join(folder, 'retrain-'))
    try {
      const settingsPath = join(work, 'settings.json')
      writeFileSync(settingsPath, settings)
      const base = await findBase(options, spec, settingsPath)
      if (typeof base !== 'string') return base
      const dataset = await decodeDataset(await content.get(CID.parse(datasetCid)), (cid) => content.get(cid))
      const sources = join(work, 'sources.jsonl')
      await writeSources({ dataset, store: content, path: sources })
      const parentAdapter = await fetchParent(options, spec.parent, work)
      const out = join(work, 'out')
      await superviseTraining({ host, input: { base, sources, settings: settingsPath, out, parentAdapter } })
      const { files } = readResult(out)
      return {
        adapter: files.get('adapter/adapter_model.safetensors')!.sha256,
        scores: files.get('scores.json')!.sha256,
      }
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  }
}

/** The folder whose files have the digest the run was opened with. */
async function findBase(
  { bases, host }: RetrainerOptions,
  spec: RunSpec,
  settings: string,
): Promise<string | { reason: string }> {
  let reason = 'this node has not the base model'
  for (const base of bases) {
    const answer = (await ask(host, ['inspect', '--base', base, '--settings', settings], 'inspected')) as unknown as {
      base: { digest: Hex }
      code: Hex
    }
    if (answer.base.digest !== spec.revision) continue
    if (answer.code === spec.code) return base
    reason = `this node has another version of the trainer (${answer.code})`
  }
  return { reason }
}

/** The adapter a refinement started from, fetched by what its run anchored. */
async function fetchParent({ client, content, deployment }: RetrainerOptions, parent: Hex, work: string) {
  if (/^0x0+$/.test(parent)) return undefined
  const { result } = await getRun(client, { deployment, runId: parent })
  // A parent must be anchored to be refined, so it has a result.
  const { files } = decodeAdapterBlock(await content.get(digestToCid(result!.adapter, 'dag-json')))
  const folder = join(work, 'parent')
  mkdirSync(folder)
  for (const { cid, name, size } of files) writeFileSync(join(folder, name), await content.get(cid, { maxBytes: size }))
  return folder
}
