import { fail, pass } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'exactDuplicate'

export const exactDuplicate: Check = {
  name,
  modality: 'any',
  stage: 'corpus',
  run(_input, _rules, { hashes, sha256 }) {
    if (!hashes) return pass(name, 'No earlier contributions were given to compare with.', null, null, 'not-checked')
    const earlier = hashes.get(sha256)
    if (earlier === undefined) return pass(name, 'The bytes were not accepted before.', 0, 1)
    const message = `The same bytes were accepted before as ${earlier}. Send something new.`
    return { ...fail(name, 'exact-duplicate', message, 1, 1), related: { contribution: earlier, similarity: 1 } }
  },
}
