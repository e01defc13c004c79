import { type EncodedBlock, encodeDagJson } from '@datanets/sdk/utils'
import type { CID } from 'multiformats/cid'
import type { Hex } from 'viem'
import { RunBlockInvalidError } from '../errors/formats.ts'
import { type FileLink, readFileLink, sortedLinks } from './file-link.ts'
import { Reader } from './reader.ts'

const ADAPTER = 'datanets-adapter/1'
const METRICS = 'datanets-metrics/1'
const ATTRIBUTION = 'datanets-attribution/1'

/** What `RunResult.adapter` is the digest of. */
export interface AdapterBlock {
  runId: Hex
  /** `adapter_config.json`, `adapter_model.safetensors`. */
  files: FileLink[]
}

/** What `RunResult.metrics` is the digest of. */
export interface MetricsBlock {
  runId: Hex
  dataset: CID
  /** `metrics.json`, `settings.json`, `manifest.json`, `dataset.json`, `provenance.json`, `mlflow.json`. */
  files: FileLink[]
}

/** What `RunResult.attribution` is the digest of. */
export interface AttributionBlock {
  runId: Hex
  /** Such as `in-run-shapley-adam/1`. */
  method: string
  /** Scores and shares per contribution, as the trainer wrote them. */
  scores: FileLink
  /** The tree's leaves: `[{"account", "share"}]` in order. */
  shares: FileLink
  /** Retraining without drawn contributors, predicted beside measured; absent when it was not asked for. */
  selfTest?: FileLink
}

export function encodeAdapterBlock({ runId, files }: AdapterBlock): EncodedBlock {
  return encodeDagJson({ type: ADAPTER, runId, files: sortedLinks(files) })
}

export function decodeAdapterBlock(bytes: Uint8Array): AdapterBlock {
  const reader = Reader.decode('adapter', bytes, ADAPTER)
  return { runId: reader.digest('runId'), files: reader.maps('files').map(readFileLink) }
}

export function encodeMetricsBlock({ runId, dataset, files }: MetricsBlock): EncodedBlock {
  return encodeDagJson({ type: METRICS, runId, dataset, files: sortedLinks(files) })
}

export function decodeMetricsBlock(bytes: Uint8Array): MetricsBlock {
  const reader = Reader.decode('metrics', bytes, METRICS)
  return {
    runId: reader.digest('runId'),
    dataset: reader.link('dataset'),
    files: reader.maps('files').map(readFileLink),
  }
}

export function encodeAttributionBlock({ runId, method, scores, shares, selfTest }: AttributionBlock): EncodedBlock {
  const files = sortedLinks([scores, shares, ...(selfTest ? [selfTest] : [])])
  return encodeDagJson({ type: ATTRIBUTION, runId, method, files })
}

export function decodeAttributionBlock(bytes: Uint8Array): AttributionBlock {
  const reader = Reader.decode('attribution', bytes, ATTRIBUTION)
  const files = reader.maps('files').map(readFileLink)
  const find = (name: string) => files.find((file) => file.name === name)
  return {
    runId: reader.digest('runId'),
    method: reader.text('method'),
    scores: find(SCORES) ?? missing(SCORES),
    shares: find(SHARES) ?? missing(SHARES),
    ...(find(SELF_TEST) ? { selfTest: find(SELF_TEST) } : {}),
  }
}

export const SCORES = 'scores.json'
export const SHARES = 'shares.json'
export const SELF_TEST = 'self-test.json'

function missing(name: string): never {
  throw new RunBlockInvalidError('attribution', `it has no ${name}`)
}
