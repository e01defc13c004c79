import type { RunResult, RunSpec } from '@datanets/sdk'
import type { Address, Hex } from 'viem'

/** A run as the chain's events tell it. */
export interface AnchoredRun {
  runId: Hex
  owner: Address
  spec: RunSpec
  result: RunResult
  resultHash: Hex
}

/** `not-checked` never refuses: it says what this node did not look at. */
export interface RunFinding {
  check: 'adapter' | 'config' | 'dataset' | 'scores' | 'shares' | 'retraining'
  verdict: 'pass' | 'fail' | 'not-checked'
  /** Stable name of the reason, for programs. */
  code: string
  message: string
}

export interface RunVerdict {
  /** Attest when nothing failed, refuse otherwise. */
  attest: boolean
  findings: RunFinding[]
}

/** What a second training of the same run gave. */
export interface Retrained {
  /** sha-256 of `adapter_model.safetensors` and `scores.json`. */
  adapter: Hex
  scores: Hex
}

/** Trains the run again, or says why this machine cannot. Throws when it could not finish. */
export type Retrain = (run: {
  spec: RunSpec
  settings: Uint8Array
  datasetCid: string
}) => Promise<Retrained | { reason: string }>
