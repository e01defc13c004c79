import { type Address, encodeAbiParameters, type Hex, keccak256, zeroHash } from 'viem'
import type { RunResult, RunSpec, RunStatus } from '../types/run.ts'

/** States of a run in the order of the contract's enum. */
export const runStatuses = [
  'unknown',
  'opened',
  'anchored',
  'attested',
  'final',
  'rejected',
] as const satisfies readonly RunStatus[]

/** A specification with what most runs use filled in. */
export type RunSpecInput = Pick<RunSpec, 'baseModel' | 'dataset' | 'config'> & Partial<RunSpec>

const defaults = {
  revision: zeroHash,
  code: zeroHash,
  seed: 0n,
  parent: zeroHash,
  platformBps: 1_000,
  ownerBps: 2_000,
  stakersBps: 2_000,
  contributorsBps: 5_000,
  parentBps: 0,
  quorum: 5,
  challengeWindow: 86_400,
} as const

/** Fills in what was left out: 10 % platform, 20 % owner, 20 % stakers, 50 % contributors, quorum 5, a day. */
export function toRunSpec(spec: RunSpecInput): RunSpec {
  return { ...defaults, ...spec }
}

/** Mirror of `ModelFactory.hashRun`: the id of the run that `owner` opens with `spec`. */
export function hashRun({
  chainId,
  modelFactory,
  owner,
  spec,
}: {
  chainId: number
  modelFactory: Address
  owner: Address
  spec: RunSpec
}): Hex {
  const words = ['baseModel', 'revision', 'dataset', 'config', 'code'] as const
  const figures = ['platformBps', 'ownerBps', 'stakersBps', 'contributorsBps', 'parentBps'] as const
  return keccak256(
    encodeAbiParameters(
      [
        { type: 'uint256' },
        { type: 'address' },
        { type: 'address' },
        ...words.map(() => ({ type: 'bytes32' })),
        { type: 'uint256' },
        { type: 'bytes32' },
        ...figures.map(() => ({ type: 'uint16' })),
        { type: 'uint8' },
        { type: 'uint24' },
      ],
      [
        BigInt(chainId),
        modelFactory,
        owner,
        ...words.map((word) => spec[word]),
        spec.seed,
        spec.parent,
        ...figures.map((figure) => spec[figure]),
        spec.quorum,
        spec.challengeWindow,
      ],
    ),
  )
}

/** Mirror of `ModelFactory.hashResult`: what validators sign. */
export function hashResult({ adapter, attribution, attributionRoot, metrics, shareCount }: RunResult): Hex {
  return keccak256(
    encodeAbiParameters(
      [{ type: 'bytes32' }, { type: 'bytes32' }, { type: 'bytes32' }, { type: 'bytes32' }, { type: 'uint256' }],
      [adapter, metrics, attributionRoot, attribution, shareCount],
    ),
  )
}
