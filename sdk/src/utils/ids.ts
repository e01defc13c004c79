import { InvalidIdError } from '../errors/values.ts'

const lotBits = 32n
const itemBits = 8n
const maxNumber = (1n << lotBits) - 1n

/** A lot's id: the Datanet's id above 32 bits of the lot's number. */
export function toLotId({ datanetId, number }: { datanetId: bigint | number; number: bigint | number }): bigint {
  if (BigInt(number) < 0n || BigInt(number) > maxNumber || BigInt(datanetId) < 0n)
    throw new InvalidIdError({ kind: 'lot', value: `${datanetId}-${number}` })
  return (BigInt(datanetId) << lotBits) | BigInt(number)
}

export function fromLotId(lotId: bigint): { datanetId: bigint; number: number } {
  return { datanetId: lotId >> lotBits, number: Number(lotId & maxNumber) }
}

/** @example formatLotId(toLotId({ datanetId: 3, number: 12 })) // '3-12' */
export function formatLotId(lotId: bigint): string {
  const { datanetId, number } = fromLotId(lotId)
  return `${datanetId}-${number}`
}

export function parseLotId(text: string): bigint {
  const match = /^([1-9]\d{0,19})-(0|[1-9]\d{0,9})$/.exec(text)
  if (!match) throw new InvalidIdError({ kind: 'lot', value: text })
  return toLotId({ datanetId: BigInt(match[1]!), number: BigInt(match[2]!) })
}

/** A contribution's id: its lot's id above 8 bits of its position in the lot. */
export function toContributionId({ lotId, index }: { lotId: bigint; index: bigint | number }): bigint {
  if (BigInt(index) < 0n || BigInt(index) > 255n)
    throw new InvalidIdError({ kind: 'contribution', value: `${formatLotId(lotId)}-${index}` })
  return (lotId << itemBits) | BigInt(index)
}

export function fromContributionId(contributionId: bigint): {
  lotId: bigint
  datanetId: bigint
  number: number
  index: number
} {
  const lotId = contributionId >> itemBits
  return { lotId, ...fromLotId(lotId), index: Number(contributionId & 255n) }
}

/** @example formatContributionId(id) // '3-12-7': Datanet, lot, item */
export function formatContributionId(contributionId: bigint): string {
  const { lotId, index } = fromContributionId(contributionId)
  return `${formatLotId(lotId)}-${index}`
}

export function parseContributionId(text: string): bigint {
  const match = /^([1-9]\d{0,19}-(?:0|[1-9]\d{0,9}))-(0|[1-9]\d{0,2})$/.exec(text)
  if (!match) throw new InvalidIdError({ kind: 'contribution', value: text })
  return toContributionId({ lotId: parseLotId(match[1]!), index: BigInt(match[2]!) })
}
