import { type Hex, keccak256, toHex } from 'viem'

/** A name on chain is the hash of its text. */
export function hashName(name: string): Hex {
  return keccak256(toHex(name))
}
