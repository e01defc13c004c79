import type { ReasonCode } from './codes.ts'
import type { Content } from './decode/content.ts'
import type { DecodeError } from './errors.ts'
import type { Fingerprint } from './fingerprint/fingerprint.ts'
import type { Format, Modality } from './formats.ts'
import type { DecodeLimits } from './limits.ts'
import type { RelevanceModel, Terms } from './relevance/model.ts'
import type { Rules } from './rules/rules.ts'

/** One file with everything claimed about it. Claims are checked, never believed. */
export interface FileInput {
  bytes: Uint8Array
  declaredFormat: Format
  /** File name or title, only used in messages. */
  name?: string
  declaredBytes: number
  /** Hex, with or without 0x. */
  declaredSha256: string
  /** The manifest as decoded from dag-json. */
  manifest?: Record<string, unknown>
  /** What the manifest must say, by its own field names: chain, contract, Datanet, contributor … */
  expected?: Record<string, unknown>
}

export type CheckVerdict = 'pass' | 'fail' | 'abstain'

export interface CheckResult {
  check: string
  verdict: CheckVerdict
  code: ReasonCode
  /** What was measured, rounded to stated digits so that every machine prints the same. */
  measured: number | string | null
  threshold: number | string | null
  message: string
  /** For duplicates: the earlier contribution and how alike it is, 0 to 1. */
  related?: { contribution: string; similarity: number }
}

export type Vote = 'accept' | 'reject' | 'abstain'

export interface FileVerdict {
  vote: Vote
  results: CheckResult[]
  /** Present when the content could be decoded; give it to `NearDuplicateIndex.add` once the file is accepted. */
  fingerprint?: Fingerprint
  /** Term counts of a text; give them to `RelevanceModel.learn` once the file is accepted. */
  terms?: Terms
}

export interface NearDuplicateMatch {
  id: string
  /** 0 to 1, rounded to four digits. */
  similarity: number
}

/** Fingerprints of accepted contributions. `query` lists the most alike first, equals in the order of their adding. */
export interface NearDuplicateIndex {
  add(id: string, fingerprint: Fingerprint): void
  query(fingerprint: Fingerprint): NearDuplicateMatch[]
}

/** What was accepted before. Every part is optional: a missing one turns its check into `not-checked`. */
export interface CheckContext {
  /** sha-256 (64 lower-case hex digits, no 0x) of accepted content → its contribution. */
  hashes?: { get(sha256: string): string | undefined }
  index?: NearDuplicateIndex
  relevance?: RelevanceModel
  limits?: DecodeLimits
}

/** What a check sees beside the input. `content` and `fingerprint` are absent when decoding failed. */
export interface CheckScope extends CheckContext {
  content?: Content
  fingerprint?: Fingerprint
  terms?: Terms
  decodeError?: DecodeError
  sha256: string
  limits: DecodeLimits
}

/**
 * Which inputs a check needs, and so where it runs: `bytes` and `content` inside the isolated worker,
 * `corpus` beside the index of accepted contributions.
 */
export type CheckStage = 'bytes' | 'content' | 'corpus'

export interface Check {
  name: string
  modality: Modality | 'any'
  stage: CheckStage
  run(input: FileInput, rules: Rules, scope: CheckScope): CheckResult | Promise<CheckResult>
}
