import { expect } from 'chai'
import { CHECKS, defaultRules, MODALITIES, parseRules, RulesInvalidError } from '../index.ts'

function problemsOf(value: unknown): readonly string[] {
  try {
    parseRules(value)
  } catch (error) {
    if (error instanceof RulesInvalidError) return error.problems
    throw error
  }
  return []
}

describe('parseRules', () => {
  for (const modality of MODALITIES) {
    it(`gives the defaults of ${modality} where the document is silent`, () => {
      expect(parseRules({ version: 1, modality })).to.deep.equal(defaultRules(modality))
    })

    it(`knows every check of ${modality} by the name it reports`, () => {
      const names = CHECKS.filter((check) => check.modality === 'any' || check.modality === modality).map(
        ({ name }) => name,
      )
      const checks = Object.fromEntries(names.map((name) => [name, { enabled: false }]))
      const rules = parseRules({ version: 1, modality, checks })
      for (const name of names) expect(rules.checks[name as keyof typeof rules.checks].enabled).to.equal(false)
    })
  }

  it('tightens one threshold and keeps the others', () => {
    const rules = parseRules({ version: 1, modality: 'text', checks: { textLength: { minWords: 200 } } })
    expect(rules.checks.textLength).to.deep.equal({ ...defaultRules('text').checks.textLength, minWords: 200 })
  })

  it('survives a round trip through JSON', () => {
    for (const modality of MODALITIES) {
      const { version, checks } = defaultRules(modality)
      const own = CHECKS.filter((check) => check.modality === 'any' || check.modality === modality).map(
        ({ name }) => name,
      )
      const stated = Object.fromEntries(Object.entries(checks).filter(([name]) => own.includes(name)))
      const document = JSON.parse(JSON.stringify({ version, modality, checks: stated }))
      expect(parseRules(document)).to.deep.equal(defaultRules(modality))
    }
  })

  it('error: RulesInvalidError lists every problem, not only the first', () => {
    const problems = problemsOf({
      version: 2,
      modality: 'text',
      checks: { size: { maxBytes: -1 }, nearDuplicate: { maxSimilarity: 'high' }, wizardry: { enabled: true } },
      extra: 1,
    })
    expect(problems).to.have.length(5)
    expect(problems.join('\n'))
      .to.match(/version/)
      .and.match(/maxBytes/)
      .and.match(/maxSimilarity/)
      .and.match(/wizardry/)
      .and.match(/extra/)
  })

  it('error: RulesInvalidError for a check of another modality', () => {
    expect(problemsOf({ version: 1, modality: 'audio', checks: { blur: { enabled: true } } }).join()).to.include('blur')
  })

  it('error: RulesInvalidError for a format of another modality', () => {
    expect(problemsOf({ version: 1, modality: 'image', checks: { format: { allowed: ['mp3'] } } })).to.not.be.empty
  })

  it('error: RulesInvalidError for a minimum above its maximum', () => {
    const problems = problemsOf({
      version: 1,
      modality: 'audio',
      checks: { duration: { minSeconds: 9, maxSeconds: 3 } },
    })
    expect(problems).to.deep.equal(['checks.duration: minSeconds 9 is above its maximum 3'])
  })

  it('error: RulesInvalidError for a row schema that is none', () => {
    const checks = { rows: { enabled: true, schema: { type: 'no-such-type' } } }
    expect(problemsOf({ version: 1, modality: 'text', checks }).join()).to.include('checks.rows.schema')
  })

  for (const value of [null, 7, 'text', [], { __proto__: null }]) {
    it(`error: RulesInvalidError for ${JSON.stringify(value)}`, () => expect(problemsOf(value)).to.not.be.empty)
  }
})
