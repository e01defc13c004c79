import { InvalidQueryError, type PageQuery } from '../queries/page.ts'
import type { LotStatus, Window } from './types.ts'

/** A whole number of a query string or path. */
export function toInteger(name: string, text: string | undefined, max = Number.MAX_SAFE_INTEGER): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!/^\d{1,16}$/.test(text) || value > max) throw new InvalidQueryError(name, text, `a whole number up to ${max}`)
  return value
}

export function toWindow(text: string | undefined): Window | undefined {
  return toWordOf('window', text, ['all', 'day', 'week', 'month'])
}

export function toLotStatus(text: string | undefined): LotStatus | undefined {
  return toWordOf('status', text, ['open', 'closed', 'settled', 'appealed', 'accrued', 'lapsed'])
}

export function toPaging(query: Record<string, string>): PageQuery {
  return { limit: toInteger('limit', query.limit), after: query.after }
}

function toWordOf<T extends string>(name: string, text: string | undefined, words: readonly T[]): T | undefined {
  if (text === undefined) return undefined
  if (!words.includes(text as T)) throw new InvalidQueryError(name, text, `one of ${words.join(', ')}`)
  return text as T
}
