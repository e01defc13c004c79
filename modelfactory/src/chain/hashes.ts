import { modelFactoryAbi } from '@datanets/sdk'
import { type Address, encodeAbiParameters, getAbiItem, type Hex, keccak256, toHex } from 'viem'
import type { RunResult, RunSpec } from '../runs/run.ts'

const specType = getAbiItem({ abi: modelFactoryAbi, name: 'openRun' }).inputs[0]
const resultType = getAbiItem({ abi: modelFactoryAbi, name: 'hashResult' }).inputs[0]

/** The id a run has once `owner` opens it. Mirror of `ModelFactory.hashRun`. */
export function hashRun(place: { chainId: number; modelFactory: Address }, owner: Address, spec: RunSpec): Hex {
  return keccak256(
    encodeAbiParameters(
      [{ type: 'uint256' }, { type: 'address' }, { type: 'address' }, specType],
      [BigInt(place.chainId), place.modelFactory, owner, spec],
    ),
  )
}

/** What validators sign of a result. Mirror of `ModelFactory.hashResult`. */
export function hashResult(result: RunResult): Hex {
  return keccak256(encodeAbiParameters([resultType], [result]))
}

/** A name on chain is the hash of its text. */
export function hashName(name: string): Hex {
  return keccak256(toHex(name))
}
