import type { Context } from 'hono'
import { BodyInvalidError } from '../errors/http.ts'

/** @throws BodyInvalidError */
export async function bodyOf(context: Context): Promise<Record<string, unknown>> {
  let value: unknown
  try {
    value = await context.req.json()
  } catch {
    throw new BodyInvalidError('it is no JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BodyInvalidError('it is no object')
  return value as Record<string, unknown>
}
