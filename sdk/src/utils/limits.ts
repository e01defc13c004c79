/** Files one contributor may enter per UTC day, over all Datanets. */
export const DAILY_FILES = 20

/** Bytes one contributor may enter per UTC day, over all Datanets. */
export const DAILY_BYTES = 10_000_000

/** The whole, in basis points. */
export const BPS = 10_000

/** Days since 1970-01-01 UTC of a time in seconds. */
export function dayOf(timestamp: number | bigint): number {
  return Math.floor(Number(timestamp) / 86_400)
}

/** When the quota of the day of `timestamp` ends: the next midnight UTC, in seconds. */
export function nextDayAt(timestamp: number | bigint): number {
  return (dayOf(timestamp) + 1) * 86_400
}
