import type { Address, Hex } from 'viem'

/** Where a training run stands. A `final` run earns; a `rejected` one can be anchored again with another result. */
export type RunStatus = 'unknown' | 'opened' | 'anchored' | 'attested' | 'final' | 'rejected'

/** All that fixes a run before it trains. See `contracts/interfaces/IModelFactory.sol`. */
export type RunSpec = {
  /** Hash of the base model's name, and of its revision. */
  baseModel: Hex
  revision: Hex
  /** sha-256 digest in the CID of the list of accepted contributions used. */
  dataset: Hex
  config: Hex
  code: Hex
  seed: bigint
  /** The run this one refines, zero for none. */
  parent: Hex
  /** Parts of every fee in basis points; the four add up to 10,000. */
  platformBps: number
  ownerBps: number
  stakersBps: number
  contributorsBps: number
  /** Part of the owner's part that goes to the parent's contributors, in basis points. */
  parentBps: number
  quorum: number
  /** Seconds between the quorum of attestations and final. */
  challengeWindow: number
}

/** What a run ended in. Validators sign its hash. */
export type RunResult = {
  adapter: Hex
  metrics: Hex
  attributionRoot: Hex
  /** sha-256 digest in the CID of the scores per contribution. */
  attribution: Hex
  shareCount: bigint
}

/** A leaf of a run's attribution tree and its path. */
export type ShareProof = { runId: Hex; index: bigint; share: bigint; path: readonly Hex[] }

/** What a payer owes for a run since the beginning. */
export type Voucher = { runId: Hex; payer: Address; total: bigint; deadline: bigint }
