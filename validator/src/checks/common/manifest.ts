import { formatOfName } from '../formats.ts'
import { fail, pass } from '../result.ts'
import type { Check, FileInput } from '../types.ts'
import { plainHex } from './sha256.ts'

const name = 'manifest'

/** A copier may repeat bytes but not the manifest that names the contributor, chain, contract and Datanet. */
export const manifest: Check = {
  name,
  modality: 'any',
  stage: 'bytes',
  run(input, _rules, { sha256 }) {
    const { manifest: claims, expected } = input
    if (!claims && !expected) return pass(name, 'No manifest was given to compare.', null, null, 'not-checked')
    if (!claims)
      return fail(name, 'manifest-incomplete', 'There is no manifest. Publish it under the CID the leaf commits to.')
    for (const [field, want] of Object.entries({ ...expected, ...contentClaims(input, sha256) })) {
      const got = Object.hasOwn(claims, field) ? claims[field] : undefined
      if (got === undefined || got === null) {
        return fail(
          name,
          'manifest-incomplete',
          `The manifest has no ${field}; it must be ${show(want)}.`,
          null,
          show(want),
        )
      }
      if (comparable(got) !== comparable(want)) {
        const message = `The manifest's ${field} is ${show(got)}; it must be ${show(want)}. Submit under your own manifest.`
        return fail(name, 'manifest-mismatch', message, show(got), show(want))
      }
    }
    return pass(name, 'The manifest binds this content to its chain, contract, Datanet and contributor.')
  },
}

/** Content fields the manifest states, with what the bytes say. */
function contentClaims(
  { manifest: claims, bytes, declaredFormat }: FileInput,
  sha256: string,
): Record<string, unknown> {
  const own: Record<string, unknown> = {}
  if (typeof claims?.sha256 === 'string') own.sha256 = claims.sha256.startsWith('0x') ? `0x${sha256}` : sha256
  if (claims?.bytes !== undefined) own.bytes = bytes.length
  const format = claims?.format
  if (typeof format === 'string') own.format = formatOfName(`.${format}`) === declaredFormat ? format : declaredFormat
  return own
}

function comparable(value: unknown): string {
  const text = show(value)
  return /^0x[0-9a-f]*$/i.test(text) ? plainHex(text) : text
}

function show(value: unknown): string {
  if (typeof value === 'object' && value !== null) return JSON.stringify(value).slice(0, 120)
  return String(value).slice(0, 120)
}
