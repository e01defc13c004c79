import { fail, pass } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'sha256'

export const sha256: Check = {
  name,
  modality: 'any',
  stage: 'bytes',
  run({ declaredSha256 }, _rules, scope) {
    const declared = plainHex(declaredSha256)
    if (scope.sha256 === declared) return pass(name, 'The content has the declared digest.', scope.sha256, declared)
    const message = `The content's sha-256 is ${scope.sha256} and ${declared} was declared. Declare what is sent.`
    return fail(name, 'hash-mismatch', message, scope.sha256, declared)
  },
}

export function plainHex(hex: string): string {
  return hex.toLowerCase().replace(/^0x/, '')
}
