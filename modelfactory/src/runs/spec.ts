import type { RunResult, RunSpec } from '@datanets/sdk'
import type { Hex } from 'viem'
import { hashName } from '../chain/hashes.ts'
import { canonicalDigest } from '../provenance/canonical.ts'
import type { InspectedFacts, RunFacts, RunRequest } from './run.ts'

export const NO_PARENT: Hex = `0x${'0'.repeat(64)}`

/** What fixes a run before it trains. */
export function specOf(request: RunRequest, dataset: Hex, inspected: InspectedFacts, parent: Hex = NO_PARENT): RunSpec {
  const { challengeWindow, quorum, split } = request
  return {
    baseModel: hashName(inspected.baseName),
    revision: inspected.baseDigest,
    dataset,
    config: configDigest(inspected),
    code: inspected.code,
    seed: BigInt(Number(inspected.settings.seed)),
    parent,
    ...split,
    quorum,
    challengeWindow,
  }
}

/** The digest of the settings as the trainer will use them, defaults filled in, decimals as text. */
export function configDigest({ settings }: InspectedFacts): Hex {
  return canonicalDigest(settings)
}

/** As text, for the store; bigints have no JSON. */
export function plain<value extends RunSpec | RunResult>(value: value): Record<keyof value, string> {
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, String(item)])) as Record<
    keyof value,
    string
  >
}

export function specFrom(stored: NonNullable<RunFacts['spec']>): RunSpec {
  const { baseModel, code, config, dataset, parent, revision } = stored as Record<string, Hex>
  const number = (name: keyof RunSpec) => Number(stored[name])
  return {
    ...{ baseModel: baseModel!, revision: revision!, dataset: dataset!, config: config!, code: code!, parent: parent! },
    seed: BigInt(stored.seed),
    platformBps: number('platformBps'),
    ownerBps: number('ownerBps'),
    stakersBps: number('stakersBps'),
    contributorsBps: number('contributorsBps'),
    parentBps: number('parentBps'),
    quorum: number('quorum'),
    challengeWindow: number('challengeWindow'),
  }
}

export function resultFrom(stored: NonNullable<RunFacts['result']>): RunResult {
  const { adapter, attribution, attributionRoot, metrics } = stored as Record<string, Hex>
  return {
    adapter: adapter!,
    metrics: metrics!,
    attributionRoot: attributionRoot!,
    attribution: attribution!,
    shareCount: BigInt(stored.shareCount),
  }
}
