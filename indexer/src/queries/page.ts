import { BaseError } from '@datanets/sdk'

export const DEFAULT_PAGE_SIZE = 50
export const MAX_PAGE_SIZE = 100

/** A question that has no answer as it was asked. Becomes status 400. */
export class InvalidQueryError extends BaseError {
  constructor(what: string, value: unknown, expected: string) {
    super(`${what} is ${JSON.stringify(value)}.`, {
      name: 'InvalidQueryError',
      docsPath: '/indexer',
      metaMessages: [`Expected: ${expected}.`],
    })
  }
}

/** Nothing has this id at the block the indexer stands on. Becomes status 404. */
export class UnknownEntityError extends BaseError {
  constructor(what: string, id: string) {
    super(`There is no ${what} ${id}.`, {
      name: 'UnknownEntityError',
      docsPath: '/indexer',
      metaMessages: ['It may be in a block that is not indexed yet: compare `asOf` of another answer.'],
    })
  }
}

export type PageQuery = { limit?: number | undefined; after?: string | undefined }

/** @throws InvalidQueryError when it is out of bounds: more than was asked for is never left out silently. */
export function pageSize(limit: number | undefined): number {
  if (limit === undefined) return DEFAULT_PAGE_SIZE
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE_SIZE) {
    throw new InvalidQueryError('limit', limit, `a whole number from 1 to ${MAX_PAGE_SIZE}`)
  }
  return limit
}

type CursorPart = number | string

/** A place in an ordered list, as text that says nothing to its holder. */
export function encodeCursor(kind: string, parts: CursorPart[]): string {
  return Buffer.from(JSON.stringify([kind, ...parts])).toString('base64url')
}

/** The parts again. `form` gives their types; a cursor of another list is refused. */
export function decodeCursor(kind: string, form: readonly ('number' | 'string')[], cursor: string): CursorPart[] {
  try {
    const [found, ...parts] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as CursorPart[]
    const fits = found === kind && parts.length === form.length && parts.every((part, i) => isPart(part, form[i]!))
    if (fits) return parts
  } catch {
    // Not ours: refused below like any other.
  }
  throw new InvalidQueryError('after', cursor.slice(0, 100), 'the `next` of the page before, of the same list')
}

function isPart(part: unknown, form: 'number' | 'string'): boolean {
  if (form === 'number') return Number.isSafeInteger(part)
  // Nothing but ids, hashes and decimal amounts goes into a cursor.
  return typeof part === 'string' && /^[0-9a-z-]{1,80}$/.test(part)
}
