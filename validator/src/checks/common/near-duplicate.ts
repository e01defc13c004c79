import { fail, pass } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'nearDuplicate'

export const nearDuplicate: Check = {
  name,
  modality: 'any',
  stage: 'corpus',
  run(_input, { checks }, { index, fingerprint }) {
    const { maxSimilarity } = checks.nearDuplicate
    if (!index)
      return pass(name, 'No earlier contributions were given to compare with.', null, maxSimilarity, 'not-checked')
    if (!fingerprint) return pass(name, 'There is no content to compare.', null, maxSimilarity, 'undetermined')
    const [closest] = index.query(fingerprint)
    if (!closest) return pass(name, 'Nothing alike was accepted before.', 0, maxSimilarity)
    const related = { contribution: closest.id, similarity: closest.similarity }
    if (closest.similarity < maxSimilarity) {
      const message = `The most alike of those accepted before is ${closest.id}, at ${closest.similarity}.`
      return { ...pass(name, message, closest.similarity, maxSimilarity), related }
    }
    const message = `Nearly the same as ${closest.id}, accepted before: similarity ${closest.similarity}, limit ${maxSimilarity}. Send something new.`
    return { ...fail(name, 'near-duplicate', message, closest.similarity, maxSimilarity), related }
  },
}
