import { formatEther } from 'viem'
import type { Format } from '../types/protocol.ts'
import { formatsIn } from '../utils/formats.ts'
import { formatLotId } from '../utils/ids.ts'

// How values read in messages.

export function open(wei: bigint): string {
  return `${formatEther(wei)} OPEN`
}

export function time(seconds: bigint | number): string {
  const milliseconds = Number(seconds) * 1000
  return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : `time ${seconds}`
}

export function lotName(lot: bigint): string {
  return `lot ${formatLotId(lot)}`
}

export function formatNames(word: bigint | number): string {
  const names: Format[] = formatsIn(word)
  return names.length === 0 ? 'no known format' : names.join(', ')
}

export function many(count: bigint | number, noun: string): string {
  return `${count} ${noun}${BigInt(count) === 1n ? '' : 's'}`
}

export function lotStatusName(status: number): string {
  return ['closed', 'settled', 'appealed', 'accrued', 'lapsed'][status] ?? `status ${status}`
}

export function appealStatusName(status: number): string {
  return ['none', 'open', 'seated', 'settled', 'lapsed'][status] ?? `status ${status}`
}

export function runStatusName(status: number): string {
  return ['unknown', 'opened', 'anchored', 'attested', 'final', 'rejected'][status] ?? `status ${status}`
}
