/** Why a validator voted as it did on one file. */
export type Reason = { code: string; message: string }

const MAX_TEXT = 600

/**
 * Reads the reasons for one item out of a report's bytes. A report is whatever a validator put on IPFS: what is not a list
 * of reasons is passed over.
 *
 * @returns undefined where the bytes are no report that names the item.
 */
export function reasonsIn(bytes: Uint8Array, index: number): Reason[] | undefined {
  const items = fieldOf(parse(bytes), 'items')
  if (!Array.isArray(items)) return undefined
  const item: unknown = items.find((candidate) => fieldOf(candidate, 'index') === index)
  const reasons = fieldOf(item, 'reasons')
  if (!Array.isArray(reasons)) return undefined
  return reasons
    .filter((reason) => fieldOf(reason, 'verdict') !== 'pass')
    .map((reason) => ({ code: textOf(fieldOf(reason, 'code')), message: textOf(fieldOf(reason, 'message')) }))
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, MAX_TEXT) : '')
