import { type Address, getAddress, isAddress } from 'viem'
import { UsageError } from './errors.ts'

export function parseInteger(text: string, { name, min, max }: { name: string; min: number; max: number }): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UsageError(`${name} is "${text}".`, `Give a whole number from ${min} to ${max}.`)
  }
  return value
}

export function parseDatanetId(text: string): bigint {
  return BigInt(parseInteger(text, { name: 'The Datanet', min: 1, max: Number.MAX_SAFE_INTEGER }))
}

export function parseAddress(text: string, name: string): Address {
  if (!isAddress(text, { strict: false })) throw new UsageError(`${name} is "${text}".`, 'Give 0x and 40 hex digits.')
  return getAddress(text)
}
