import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { SAMPLES_DIR } from '../../../../scripts/make-samples.ts'
import { defaultRules, nearDuplicateIndex, runChecks, TermRelevance } from '../index.ts'
import { codesOf, fileOf, PROSE, resultOf, verdictOf } from '../testing.ts'

const sample = (path: string) => readFileSync(join(SAMPLES_DIR, 'good', path))
const BINDING = { chainId: 31_337, contract: '0xAbCd', datanetId: '4', contributor: '0x01' }

describe('format', function () {
  this.timeout(20_000)
  const mistakes: [string, 'txt' | 'md' | 'jpg' | 'wav' | 'docx' | 'pdf', string][] = [
    ['image/hills.png', 'jpg', 'png'],
    ['audio/slow-tune.mp3', 'wav', 'mp3'],
    ['text/tides.pdf', 'txt', 'pdf'],
    ['text/tides.pdf', 'docx', 'pdf'],
    ['text/composting.md', 'pdf', 'text'],
    ['image/leaf.bmp', 'md', 'bmp'],
  ]
  for (const [path, declared, found] of mistakes) {
    it(`finds ${found} behind a declared ${declared}`, async () => {
      const result = resultOf(await verdictOf(sample(path), declared), 'format')!
      expect([result.code, result.measured, result.threshold]).to.deep.equal(['format-mismatch', found, declared])
    })
  }

  it('takes text that happens to begin like a picture', async () => {
    expect((await verdictOf(`BM is how many bitmaps begin. ${PROSE}`, 'txt')).vote).to.equal('accept')
  })

  it('refuses a format the rules leave out', async () => {
    expect(codesOf(await verdictOf(PROSE, 'txt', { format: { allowed: ['md'] } }))).to.include('format-not-allowed')
  })
})

describe('size and sha256', function () {
  this.timeout(20_000)
  it('compare the bytes with what was declared', async () => {
    const input = { ...fileOf(PROSE, 'txt'), declaredBytes: 3, declaredSha256: `0x${'AB'.repeat(32)}` }
    expect(codesOf(await runChecks(input, defaultRules('text')))).to.deep.equal(['size-mismatch', 'hash-mismatch'])
  })

  it('take a digest in capitals and with 0x', async () => {
    const input = fileOf(PROSE, 'txt')
    const declaredSha256 = `0x${input.declaredSha256.toUpperCase()}`
    expect(codesOf(await runChecks({ ...input, declaredSha256 }, defaultRules('text')))).to.deep.equal([])
  })

  it('refuse one byte over the cap and take the cap itself', async () => {
    const length = Buffer.byteLength(PROSE)
    expect((await verdictOf(PROSE, 'txt', { size: { maxBytes: length } })).vote).to.equal('accept')
    expect(codesOf(await verdictOf(PROSE, 'txt', { size: { maxBytes: length - 1 } }))).to.deep.equal(['too-large'])
  })
})

describe('manifest and licence', function () {
  this.timeout(20_000)
  const run = (manifest: Record<string, unknown> | undefined, expected: Record<string, unknown> = BINDING) =>
    runChecks({ ...fileOf(PROSE, 'txt'), manifest, expected }, defaultRules('text'))

  it('take a manifest that binds, addresses compared without case', async () => {
    expect(codesOf(await run({ ...BINDING, contract: '0xaBCD', licence: 'MIT' }))).to.deep.equal([])
  })

  for (const field of Object.keys(BINDING)) {
    it(`refuse another ${field}, and none`, async () => {
      expect(codesOf(await run({ ...BINDING, licence: 'MIT', [field]: '0x99' }))).to.deep.equal(['manifest-mismatch'])
      const { [field]: _, ...without } = { ...BINDING, licence: 'MIT' } as Record<string, unknown>
      expect(codesOf(await run(without))).to.deep.equal(['manifest-incomplete'])
    })
  }

  it('refuse a manifest of other content', async () => {
    const manifest = { ...BINDING, licence: 'MIT', sha256: '11'.repeat(32) }
    expect(codesOf(await run(manifest))).to.deep.equal(['manifest-mismatch'])
    expect(codesOf(await run({ ...BINDING, licence: 'MIT', bytes: 1 }))).to.deep.equal(['manifest-mismatch'])
    expect(codesOf(await run({ ...BINDING, licence: 'MIT', format: 'md' }))).to.deep.equal(['manifest-mismatch'])
  })

  it('refuse a missing licence, and one the rules do not list', async () => {
    expect(codesOf(await run(BINDING))).to.deep.equal(['licence-missing'])
    const rules = defaultRules('text')
    rules.checks.licence.allowed = ['CC0-1.0']
    const input = { ...fileOf(PROSE, 'txt'), manifest: { ...BINDING, licence: 'MIT' }, expected: BINDING }
    expect(codesOf(await runChecks(input, rules))).to.deep.equal(['licence-not-allowed'])
    input.manifest.licence = 'cc0-1.0'
    expect(codesOf(await runChecks(input, rules))).to.deep.equal([])
  })
})

describe('nearDuplicate', function () {
  this.timeout(20_000)
  it('names the earlier contribution and the similarity', async () => {
    const index = nearDuplicateIndex('text')
    index.add('other', (await verdictOf(sample('text/composting.md'), 'md')).fingerprint!)
    index.add('first', (await verdictOf(PROSE, 'txt')).fingerprint!)
    const result = resultOf(await verdictOf(`# Copied\n\n${PROSE}`, 'md', {}, { index }), 'nearDuplicate')!
    expect(result.code).to.equal('near-duplicate')
    expect(result.related?.contribution).to.equal('first')
    expect(result.related?.similarity).to.be.within(0.8, 1)
  })
})

describe('relevance', function () {
  this.timeout(20_000)
  const checks = {
    relevance: { enabled: true, minScore: 0.05, purpose: 'Guides about gardening, soil, plants and compost heaps.' },
  }

  it('accepts a text on the purpose and rejects one off it', async () => {
    const context = { relevance: new TermRelevance() }
    expect((await verdictOf(sample('text/composting.md'), 'md', checks, context)).vote).to.equal('accept')
    expect(codesOf(await verdictOf(sample('text/binary-search.docx'), 'docx', checks, context))).to.deep.equal([
      'off-topic',
    ])
  })

  it('learns from what was accepted', async () => {
    const relevance = new TermRelevance()
    const before = resultOf(await verdictOf(sample('text/tides.pdf'), 'pdf', checks, { relevance }), 'relevance')!
    for (let seen = 0; seen < 6; seen++) relevance.learn((await verdictOf(sample('text/tides.pdf'), 'pdf')).terms!)
    const after = resultOf(await verdictOf(sample('text/tides.pdf'), 'pdf', checks, { relevance }), 'relevance')!
    expect(after.measured).to.be.greaterThan(before.measured as number)
  })

  it('says nothing about pictures', async () => {
    const result = resultOf(
      await verdictOf(sample('image/hills.png'), 'png', checks, { relevance: new TermRelevance() }),
      'relevance',
    )!
    expect(result.code).to.equal('undetermined')
  })
})
