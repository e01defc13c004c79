import { OutOfRangeError } from '../errors/values.ts'

/** Most contributions in one lot: one bit each in a word. */
export const LOT_CAPACITY = 256

/** A word with the bits of `itemCount` items set. */
export function itemsMask(itemCount: number | bigint): bigint {
  return (1n << BigInt(itemCount)) - 1n
}

export function hasBit(word: bigint, index: number): boolean {
  return ((word >> BigInt(index)) & 1n) === 1n
}

/** Positions of the set bits, ascending. */
export function bitsOf(word: bigint): number[] {
  const bits: number[] = []
  for (let rest = word, index = 0; rest !== 0n; rest >>= 1n, index++) if (rest & 1n) bits.push(index)
  return bits
}

/** The word with these bits set. */
export function wordOf(bits: Iterable<number>): bigint {
  let word = 0n
  for (const bit of bits) {
    if (!Number.isInteger(bit) || bit < 0 || bit >= LOT_CAPACITY)
      throw new OutOfRangeError({ what: 'An item', value: bit, min: 0, max: LOT_CAPACITY - 1 })
    word |= 1n << BigInt(bit)
  }
  return word
}

export function popcount(word: bigint): number {
  let count = 0
  for (let rest = word; rest !== 0n; rest >>= 32n) {
    let part = Number(rest & 0xffffffffn)
    part -= (part >>> 1) & 0x55555555
    part = (part & 0x33333333) + ((part >>> 2) & 0x33333333)
    part = (part + (part >>> 4)) & 0x0f0f0f0f
    count += Math.imul(part, 0x01010101) >>> 24
  }
  return count
}
