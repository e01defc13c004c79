import { formatUnits } from 'viem'

/** An amount of OPEN: exact, without trailing zeros, thousands apart. */
export function formatOpen(wei: bigint): string {
  const [whole, part] = formatUnits(wei, 18).split('.')
  const grouped = group(whole!)
  return part === undefined ? grouped : `${grouped}.${part}`
}

/** Thousands apart by a narrow space, which reads the same in every language. */
const group = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f')

export const formatCount = (count: number): string => group(String(count))

/** An address in the short form wallets use; the whole one belongs into a title or a copy button. */
export function shortAddress(address: string): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Number((bytes / 1000).toFixed(1))} kB`
  return `${Number((bytes / 1_000_000).toFixed(2))} MB`
}

export function formatPercent(part: number): string {
  return `${Number((part * 100).toFixed(1))} %`
}

/** A duration in the largest unit that says it. */
export function formatSeconds(seconds: number): string {
  if (seconds < 120) return `${Math.max(0, Math.round(seconds))} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`
  return `${Math.round(seconds / 86_400)} days`
}

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })
const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** A moment in seconds since 1970: the time alone where it is near, otherwise with its date. */
export function formatTime(seconds: number): string {
  const isNear = Math.abs(Date.now() / 1000 - seconds) < 43_200
  return (isNear ? TIME : DATE).format(seconds * 1000)
}
