import type { RunResult, RunSpec } from '@datanets/sdk'
import type { Hex } from 'viem'
import type { ErrorJson } from '../errors/base.ts'
import type { Canonical } from '../provenance/canonical.ts'
import type { RunState } from './states.ts'

/** How a fee of the run's model is split, in basis points. The first four add up to 10,000. */
export interface FeeSplit {
  platformBps: number
  ownerBps: number
  stakersBps: number
  contributorsBps: number
  /** Part of the owner's part that goes to the parent's contributors. */
  parentBps: number
}

export const DEFAULT_SPLIT: FeeSplit = {
  platformBps: 1000,
  ownerBps: 2000,
  stakersBps: 2000,
  contributorsBps: 5000,
  parentBps: 0,
}

/** What a user asks for. Everything else of a run follows from it and the chain. */
export interface RunRequest {
  name: string
  /** Text Datanets whose accepted contributions are trained on. */
  datanetIds: bigint[]
  /** Contributions left out, by id. */
  exclude: string[]
  /** Folder of the base model, or a hub repository with `revision`. */
  base: string
  revision?: string
  /** Whether a hub repository may be fetched. */
  download: boolean
  /** The trainer's settings by their camelCase names; what is absent has its default. */
  settings: { readonly [name: string]: Canonical }
  /** The run this one starts from: its adapter goes on training. */
  parent?: string
  split: FeeSplit
  /** Attestations that make the result attested. */
  quorum: number
  /** Seconds between the quorum and Final. */
  challengeWindow: number
  /** Seconds of training, evaluation and attribution; 0 for no limit. */
  timeLimitSeconds: number
  /** Resident bytes of the trainer; 0 for no limit beside the trainer's own. */
  memoryLimitBytes: number
}

export interface DatasetFacts {
  cid: string
  digest: Hex
  count: number
  bytes: number
  contributors: string[]
  /** sha-256 of the list the trainer reads. */
  sourcesSha256: Hex
}

/** What the trainer says of base and settings before anything is trained. */
export interface InspectedFacts {
  settings: { readonly [name: string]: Canonical }
  settingsDigest: Hex
  baseName: string
  /** The folder it is in here. */
  basePath: string
  baseDigest: Hex
  family: string
  modelType: string
  code: Hex
  versions: Readonly<Record<string, string>>
}

export interface Mined {
  hash: Hex
  block: string
}

/** One account's part of the run, in the order of the tree's leaves. */
export interface AccountShare {
  account: Hex
  share: string
}

/** What has been found out or done. Each part is written once and never changes, but for a retry before `opened`. */
export interface RunFacts {
  dataset?: DatasetFacts
  inspected?: InspectedFacts
  /** Id on chain: it is known before the run is opened. */
  runId?: Hex
  spec?: Record<keyof RunSpec, string>
  opened?: Mined
  startedOn?: string
  finishedOn?: string
  heldOutLoss?: Record<string, string>
  result?: Record<keyof RunResult, string>
  shares?: AccountShare[]
  anchored?: Mined
  attestations?: number
  finalAfter?: string
}

export interface Run {
  id: string
  state: RunState
  request: RunRequest
  facts: RunFacts
  error: ErrorJson | undefined
  /** What a person asked for while the run was under way. */
  asked: 'pause' | 'cancel' | undefined
  createdAt: number
  updatedAt: number
}
