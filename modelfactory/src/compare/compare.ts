import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunFolder } from '../runs/folder.ts'
import type { Run } from '../runs/run.ts'

export interface Comparison {
  runs: { id: string; name: string; family: string | null; base: string; state: string; parent: string | null }[]
  /** Settings that are not the same in all, by name, then by run. */
  settings: Record<string, Record<string, unknown>>
  /** Names of settings that are. */
  equalSettings: string[]
  /** Contributions per run, and how many all of them share. */
  data: { counts: Record<string, number>; sameDataset: boolean }
  /** Training loss per optimizer step, decimal strings. */
  loss: Record<string, string[]>
  /** Held-out loss by model (`base`, `tuned`, …), decimal strings. */
  evaluation: Record<string, Record<string, string>>
  /** Share per account, of 10^9. */
  shares: Record<string, Record<string, string>>
}

/** Sets runs beside each other; what a run has not reached yet is left out. */
export function compareRuns(runs: readonly Run[], folderOf: (id: string) => RunFolder): Comparison {
  const settings = settingsDiff(runs)
  const metrics = new Map(runs.map((run) => [run.id, metricsOf(folderOf(run.id))]))
  const digests = new Set(runs.map(({ facts }) => facts.dataset?.digest))
  return {
    runs: runs.map(({ facts, id, request, state }) => ({
      ...{ id, state, name: request.name, base: request.base },
      family: facts.inspected?.family ?? null,
      parent: request.parent ?? null,
    })),
    ...settings,
    data: {
      counts: Object.fromEntries(runs.map(({ facts, id }) => [id, facts.dataset?.count ?? 0])),
      sameDataset: digests.size === 1 && !digests.has(undefined),
    },
    loss: Object.fromEntries(runs.map(({ id }) => [id, metrics.get(id)?.trainingLoss ?? []])),
    evaluation: Object.fromEntries(runs.map(({ id }) => [id, metrics.get(id)?.heldOutLoss ?? {}])),
    shares: Object.fromEntries(
      runs.map(({ facts, id }) => [
        id,
        Object.fromEntries((facts.shares ?? []).map(({ account, share }) => [account, share])),
      ]),
    ),
  }
}

function settingsDiff(runs: readonly Run[]): Pick<Comparison, 'settings' | 'equalSettings'> {
  const all = runs.map(({ facts, id, request }) => ({ id, values: facts.inspected?.settings ?? request.settings }))
  const names = [...new Set(all.flatMap(({ values }) => Object.keys(values)))].sort()
  const differing: Comparison['settings'] = {}
  const equalSettings: string[] = []
  for (const name of names) {
    const texts = new Set(all.map(({ values }) => JSON.stringify(values[name])))
    if (texts.size === 1) equalSettings.push(name)
    else differing[name] = Object.fromEntries(all.map(({ id, values }) => [id, values[name] ?? null]))
  }
  return { settings: differing, equalSettings }
}

interface Metrics {
  trainingLoss: string[]
  heldOutLoss: Record<string, string>
}

function metricsOf({ trainer }: RunFolder): Metrics | undefined {
  const path = join(trainer, 'metrics.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Metrics) : undefined
}
