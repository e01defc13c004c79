import { type Hex, hexToBytes, keccak256 } from 'viem'

/** The three bits of a 2048-bit logs bloom that an address or topic sets. */
function bloomBits(value: Hex): number[] {
  const hash = hexToBytes(keccak256(hexToBytes(value)))
  return [0, 2, 4].map((i) => ((hash[i]! << 8) | hash[i + 1]!) & 2047)
}

/** Tells from a block's bloom whether it may hold one of our logs: never a wrong no, seldom a wrong yes. */
export class BloomTest {
  readonly #addresses: number[][]
  readonly #topics: number[][]

  constructor(addresses: readonly Hex[], topics: readonly Hex[]) {
    this.#addresses = addresses.map(bloomBits)
    this.#topics = topics.map(bloomBits)
  }

  mayHold(bloom: Hex): boolean {
    // Some chains leave it empty: then it says nothing.
    if (bloom.length !== 514) return false
    const has = (bits: number[]) =>
      bits.every((bit) => (Number.parseInt(bloom[513 - (bit >> 2)]!, 16) >> (bit & 3)) & 1)
    return this.#addresses.some(has) && this.#topics.some(has)
  }
}
