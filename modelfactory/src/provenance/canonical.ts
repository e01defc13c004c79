import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Hex } from 'viem'
import { CanonicalNumberError } from '../errors/provenance.ts'

export type Canonical = null | boolean | number | string | readonly Canonical[] | { readonly [name: string]: Canonical }

/**
 * The one text of `value` (RFC 8785). Numbers are safe integers only: a decimal travels as a string, so that no language's
 * printing of floats can change a digest.
 */
export function canonicalJson(value: Canonical): string {
  refuseFloats(value, '$')
  return canonicalize(value)!
}

/** 0x + sha-256 of the canonical text. */
export function canonicalDigest(value: Canonical): Hex {
  return sha256Of(canonicalJson(value))
}

export function sha256Of(data: string | Uint8Array): Hex {
  return `0x${createHash('sha256').update(data).digest('hex')}`
}

function refuseFloats(value: Canonical, path: string): void {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new CanonicalNumberError(path, value)
  if (Array.isArray(value)) for (const [index, item] of value.entries()) refuseFloats(item, `${path}[${index}]`)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) refuseFloats(item, `${path}.${name}`)
  }
}
