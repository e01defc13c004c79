import { fail, pass } from '../result.ts'
import type { Check } from '../types.ts'

const name = 'relevance'

export const relevance: Check = {
  name,
  modality: 'any',
  stage: 'corpus',
  async run(_input, { checks }, { relevance: model, terms }) {
    const { minScore, purpose } = checks.relevance
    if (!model) return pass(name, 'No relevance model was given.', null, minScore, 'not-checked')
    if (!terms) return pass(name, 'There is nothing to compare with the purpose.', null, minScore, 'undetermined')
    const { score, message } = await model.score(terms, purpose)
    if (score === null) return pass(name, message, null, minScore, 'undetermined')
    return score < minScore ? fail(name, 'off-topic', message, score, minScore) : pass(name, message, score, minScore)
  },
}
