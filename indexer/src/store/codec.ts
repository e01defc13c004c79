import type { Hex } from 'viem'
import { AmountOutOfRangeError } from '../errors.ts'
import { baseType } from './sql.ts'
import type { AnyRow, ColumnType, Shape } from './table.ts'

const AMOUNT_BYTES = 16
const AMOUNT_END = 1n << 127n

/** Bytes of a hex string. */
export function bytesOf(hex: string): Buffer {
  return Buffer.from(hex.slice(2), 'hex')
}

export function hexOf(bytes: Uint8Array): Hex {
  return `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`
}

/** Big-endian, so that bytes sort as the numbers do. */
export function bigToBytes(value: bigint, length: number): Buffer {
  return Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex')
}

export function bytesToBig(bytes: Uint8Array): bigint {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
  return hex === '' ? 0n : BigInt(`0x${hex}`)
}

export function checkAmount(column: string, value: bigint): bigint {
  if (value < 0n || value >= AMOUNT_END) throw new AmountOutOfRangeError(column, value)
  return value
}

export function amountToBytes(column: string, value: bigint): Buffer {
  return bigToBytes(checkAmount(column, value), AMOUNT_BYTES)
}

/** A row as JSON, for the undo log: the same in both databases. */
export function rowToJson(row: AnyRow): string {
  return JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? value.toString() : value))
}

export function rowFromJson(columns: Shape, json: string): AnyRow {
  const row = JSON.parse(json) as AnyRow
  for (const name of Object.keys(row)) {
    const type = baseType(columns[name] as ColumnType)
    if (type === 'amount' || type === 'word') row[name] = BigInt(row[name] as string)
  }
  return row
}
