import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Hex } from 'viem'
import { buildDataset } from '../../dataset/build.ts'
import { writeSources } from '../../dataset/sources.ts'
import { ModelNotReadyError } from '../../errors/chat.ts'
import { RunChangedError, RunExistsError } from '../../errors/runs.ts'
import { canonicalJson, sha256Of } from '../../provenance/canonical.ts'
import { ask } from '../../trainer/command.ts'
import type { RunContext } from '../context.ts'
import type { DatasetFacts, InspectedFacts, Run } from '../run.ts'
import { NO_PARENT, plain, specOf } from '../spec.ts'
import type { RunState } from '../states.ts'

/** Collects and verifies the dataset, has base and settings checked, and fixes the run's id. */
export async function prepare(context: RunContext, run: Run): Promise<RunState> {
  const { chain, store } = context
  const dataset = await collect(context, run)
  const inspected = await inspect(context, run)
  if (run.facts.runId !== undefined && run.facts.opened !== undefined) return 'opening'
  const parent = run.request.parent === undefined ? NO_PARENT : parentRunId(context, run.request.parent)
  const spec = specOf(run.request, dataset.digest, inspected, parent)
  const runId = chain.idOf(spec)
  await refuseTwice(context, run.id, runId)
  store.note(run.id, { dataset, inspected, spec: plain(spec), runId })
  return 'opening'
}

/** A run whose id is taken can be opened by none: told now, not after hours of training. */
async function refuseTwice({ chain, store }: RunContext, id: string, runId: Hex): Promise<void> {
  const isSame = (other: Run) => other.id !== id && other.facts.runId === runId
  const other = store.list().find(isSame)
  if (other !== undefined) throw new RunExistsError({ id, runId, other: other.id })
  // One that is open and no more can be gone on with: this folder's database may have been lost.
  const { status } = await chain.get(runId)
  if (status !== 'unknown' && status !== 'opened')
    throw new RunExistsError({ id, runId, other: `one that is ${status} on chain` })
}

async function collect(context: RunContext, run: Run): Promise<DatasetFacts> {
  const folder = context.folderOf(run.id)
  const { dataset: known, opened } = run.facts
  if (known !== undefined && existsSync(folder.sources)) {
    const now = sha256Of(readFileSync(folder.sources))
    if (now === known.sourcesSha256) return known
    if (opened !== undefined) {
      throw new RunChangedError({ id: run.id, field: 'list of contributions', opened: known.sourcesSha256, now })
    }
  }
  const { datanetIds, exclude } = run.request
  const built = await buildDataset({ source: context.datasets, store: context.content, datanetIds, exclude })
  if (opened !== undefined && known !== undefined && built.digest !== known.digest) {
    throw new RunChangedError({ id: run.id, field: 'dataset', opened: known.digest, now: built.digest })
  }
  const log = context.logOf(run.id)
  log.append({ type: 'dataset', count: built.dataset.entries.length, cid: built.cid })
  const sourcesSha256 = await writeSources({
    dataset: built.dataset,
    store: context.content,
    path: folder.sources,
    onProgress: (done, count) => log.append({ type: 'verified', done, count }),
  })
  const { entries } = built.dataset
  return {
    cid: built.cid,
    digest: built.digest,
    count: entries.length,
    bytes: entries.reduce((sum, { size }) => sum + size, 0),
    contributors: [...new Set(entries.map(({ contributor }) => contributor))].sort(),
    sourcesSha256,
  }
}

/** What the trainer makes of base and settings: refuses here what it would refuse later, before anything is opened. */
async function inspect(context: RunContext, run: Run): Promise<InspectedFacts> {
  const folder = context.folderOf(run.id)
  const { base, download, revision, settings } = run.request
  writeFileSync(folder.settings, canonicalJson(settings))
  const args = ['inspect', '--base', base, '--settings', folder.settings]
  if (revision !== undefined) args.push('--revision', revision)
  if (download) args.push('--download')
  const answer = (await ask(context.host, args, 'inspected')) as unknown as {
    settings: InspectedFacts['settings']
    settingsDigest: Hex
    base: { name: string; path: string; digest: Hex; family: string; modelType: string }
    code: Hex
    versions: Record<string, string>
  }
  const { base: found, code, settingsDigest, versions } = answer
  const inspected: InspectedFacts = {
    settings: answer.settings,
    settingsDigest,
    baseName: found.name,
    basePath: found.path,
    baseDigest: found.digest,
    family: found.family,
    modelType: found.modelType,
    code,
    versions,
  }
  const before = run.facts.inspected
  if (run.facts.opened !== undefined && before !== undefined) {
    for (const field of ['baseDigest', 'settingsDigest', 'code'] as const) {
      if (before[field] !== inspected[field]) {
        throw new RunChangedError({ id: run.id, field, opened: before[field], now: inspected[field] })
      }
    }
  }
  return inspected
}

function parentRunId({ store }: RunContext, parent: string): Hex {
  const { facts, state } = store.get(parent)
  if (facts.runId === undefined || facts.anchored === undefined) throw new ModelNotReadyError(parent, state)
  return facts.runId
}
