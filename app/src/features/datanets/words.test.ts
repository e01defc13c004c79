import { expect } from 'chai'
import { rulesWords } from './words.ts'

describe('rulesWords', () => {
  it('names the purpose and says what the rules set, in plain words', () => {
    const rules = {
      version: 1,
      modality: 'text',
      checks: {
        relevance: { purpose: 'Recipes' },
        nearDuplicate: { maxSimilarity: 0.5 },
        licence: { allowed: ['CC0-1.0', 'CC-BY-4.0'] },
        gibberish: { enabled: false },
        pixels: { minWidth: 64 },
      },
    }
    expect(rulesWords(rules)).to.deep.equal({
      purpose: 'Recipes',
      sentences: [
        'A file has to fit the purpose.',
        'A file may be at most 50 % alike to an earlier one.',
        'The licence has to be CC0-1.0 or CC-BY-4.0.',
        'The check “gibberish” is off.',
        'The check “pixels”: min width 64.',
      ],
    })
  })

  it('takes nothing of a hostile document for granted', () => {
    for (const rules of [
      null,
      7,
      'x',
      [],
      {},
      { checks: null },
      { checks: { relevance: { enabled: true, purpose: 7 } } },
    ])
      expect(rulesWords(rules).purpose).to.equal(undefined)
  })
})
