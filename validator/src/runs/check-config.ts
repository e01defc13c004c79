import {
  type AdapterBlock,
  type AttributionBlock,
  type Canonical,
  canonicalDigest,
  decodeMetricsBlock,
  type FileLink,
  type MetricsBlock,
} from '@datanets/modelfactory/recompute'
import { cidToDigest } from '@datanets/sdk/utils'
import type { Hex } from 'viem'
import { FileMismatch, type RunContent } from './content.ts'
import { fail, pass } from './findings.ts'
import type { AnchoredRun, RunFinding } from './types.ts'

export interface CheckedConfig {
  finding: RunFinding
  metrics?: MetricsBlock
  /** Bytes of `settings.json`. */
  settings?: Uint8Array
}

/**
 * The run trained what it was opened with: settings, base, code, seed and dataset have the digests of the specification, and
 * the trainer's manifest names the very files that were anchored.
 */
export async function checkConfig(
  { result, runId, spec }: AnchoredRun,
  content: RunContent,
  { adapter, attribution }: { adapter: AdapterBlock | undefined; attribution: AttributionBlock | undefined },
): Promise<CheckedConfig> {
  const metrics = decodeMetricsBlock(await content.block('The metrics', result.metrics))
  const refuse = (code: string, message: string): CheckedConfig => ({ finding: fail('config', code, message), metrics })
  if (metrics.runId !== runId) return refuse('other-run', `The metrics say they belong to run ${metrics.runId}.`)
  if (cidToDigest(metrics.dataset) !== spec.dataset) {
    return refuse(
      'other-dataset',
      `The metrics name dataset ${metrics.dataset}, which is not the one the run was opened with.`,
    )
  }
  const files = new Map<string, Uint8Array>()
  for (const link of metrics.files) {
    const bytes = await content.file(link)
    if (bytes instanceof FileMismatch) return refuse('file-mismatch', `${bytes.name}: ${bytes.problem}.`)
    files.set(link.name, bytes)
  }
  const settingsBytes = files.get('settings.json')
  const settings = parse(settingsBytes)
  const manifest = parse(files.get('manifest.json')) as Manifest | undefined
  if (settingsBytes === undefined || settings === undefined || manifest === undefined || !files.has('metrics.json')) {
    return refuse('missing-files', 'settings.json, manifest.json or metrics.json is missing or no JSON.')
  }
  const claims: [string, string, string][] = [
    ['settings', spec.config, digestOf(settings)],
    ['trainer code', spec.code, digestOf(manifest.code)],
    ['base model', spec.revision, digestOf(manifest.inputs?.base)],
    ['seed', String(spec.seed), String(settings.seed)],
  ]
  for (const [what, opened, trained] of claims) {
    if (opened !== trained) {
      return refuse('other-config', `The run was opened with ${what} ${opened}, but trained with ${trained}.`)
    }
  }
  const anchored: [string, FileLink | undefined][] = [
    ...(adapter?.files ?? []).map((link): [string, FileLink] => [`adapter/${link.name}`, link]),
    ['scores.json', attribution?.scores],
    ...metrics.files
      .filter(({ name }) => name in (manifest.files ?? {}))
      .map((link): [string, FileLink] => [link.name, link]),
  ]
  for (const [name, link] of anchored) {
    const recorded = manifest.files?.[name]
    if (link !== undefined && recorded !== link.sha256) {
      return refuse(
        'not-the-trainers',
        `${name} is ${link.sha256}, the trainer's manifest says ${recorded ?? 'nothing'}.`,
      )
    }
  }
  const finding = pass('config', 'Settings, base, code, seed and dataset are those the run was opened with.')
  return { finding, metrics, settings: settingsBytes }
}

interface Manifest {
  code?: Canonical
  inputs?: { base?: Canonical }
  files?: Record<string, Hex>
}

function digestOf(value: Canonical | undefined): string {
  try {
    return value === undefined ? 'nothing' : canonicalDigest(value)
  } catch {
    return 'something that has no canonical form'
  }
}

function parse(bytes: Uint8Array | undefined): Record<string, Canonical> | undefined {
  if (bytes === undefined) return undefined
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
