import { OutOfRangeError } from '../errors/values.ts'

/** Most seats one lot can have. */
export const MAX_SEATS = 15

/** The validator ids in a seats word, the first seat first. */
export function unpackSeats(word: bigint): number[] {
  const ids: number[] = []
  for (let rest = word; rest !== 0n; rest >>= 16n) ids.push(Number(rest & 0xffffn))
  return ids
}

export function packSeats(validatorIds: readonly number[]): bigint {
  if (validatorIds.length > MAX_SEATS)
    throw new OutOfRangeError({ what: 'The number of seats', value: validatorIds.length, min: 0, max: MAX_SEATS })
  return validatorIds.reduceRight((word, id) => {
    if (id < 1 || id > 0xffff) throw new OutOfRangeError({ what: 'A validator id', value: id, min: 1, max: 0xffff })
    return (word << 16n) | BigInt(id)
  }, 0n)
}
