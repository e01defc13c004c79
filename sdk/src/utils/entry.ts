import { type Address, getAddress, toHex } from 'viem'
import { OutOfRangeError } from '../errors/values.ts'
import type { Entry } from '../types/protocol.ts'
import { itemsMask } from './bitmaps.ts'

function within(what: string, value: bigint | number, min: bigint | number, max: bigint | number): bigint {
  if (value < min || value > max) throw new OutOfRangeError({ what, value, min, max })
  return BigInt(value)
}

/** Mirror of `contracts/types/Entry.sol`: block 40 bits, formats 12, bytes 24, count - 1 8, first 8, contributor 160. */
export function packEntry({ contributor, first, count, totalBytes, formats, enteredBlock }: Entry): bigint {
  return (
    BigInt(contributor) |
    (within('first', first, 0, 255) << 160n) |
    ((within('count', count, 1, 256) - 1n) << 168n) |
    (within('totalBytes', totalBytes, 0, 0xffffff) << 176n) |
    (within('formats', formats, 0, 0xfff) << 200n) |
    (within('enteredBlock', enteredBlock, 0n, (1n << 40n) - 1n) << 212n)
  )
}

export function unpackEntry(word: bigint): Entry {
  return {
    contributor: addressOf(word),
    first: Number((word >> 160n) & 0xffn),
    count: Number((word >> 168n) & 0xffn) + 1,
    totalBytes: Number((word >> 176n) & 0xffffffn),
    formats: Number((word >> 200n) & 0xfffn),
    enteredBlock: (word >> 212n) & 0xffffffffffn,
  }
}

/** The word with the bits of the submission's items set. */
export function itemsOf({ first, count }: Pick<Entry, 'first' | 'count'>): bigint {
  return itemsMask(count) << BigInt(first)
}

function addressOf(word: bigint): Address {
  return getAddress(toHex(word & ((1n << 160n) - 1n), { size: 20 }))
}
