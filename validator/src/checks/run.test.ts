import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { SAMPLES_DIR } from '../../../scripts/make-samples.ts'
import { badSamples, OVERSIZED } from '../../../scripts/samples/bad-samples.ts'
import {
  CHECKS,
  defaultRules,
  FORMATS,
  formatOfName,
  MODALITIES,
  modalityOf,
  nearDuplicateIndex,
  REASON_CODES,
  runChecks,
} from './index.ts'
import { codesOf, fileOf, PROSE, resultOf, verdictOf } from './testing.ts'

function samplesIn(folder: string): { name: string; bytes: Buffer }[] {
  const dir = join(SAMPLES_DIR, folder)
  return readdirSync(dir)
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(dir, name)) }))
}

describe('runChecks on the samples', function () {
  this.timeout(20_000)
  for (const modality of MODALITIES) {
    it(`accepts every good ${modality}, and none as a near-duplicate of another`, async () => {
      const index = nearDuplicateIndex(modality)
      for (const { name, bytes } of samplesIn(`good/${modality}`)) {
        const verdict = await runChecks(fileOf(bytes, formatOfName(name)!), defaultRules(modality), {
          index,
          hashes: new Map(),
        })
        expect(codesOf(verdict), name).to.deep.equal([])
        expect(verdict.vote, name).to.equal('accept')
        index.add(name, verdict.fingerprint!)
      }
    }).timeout(20_000)
  }

  it('has a good sample of each of the twelve formats', () => {
    const found = MODALITIES.flatMap((modality) => samplesIn(`good/${modality}`).map(({ name }) => formatOfName(name)))
    expect(new Set(found)).to.deep.equal(new Set(FORMATS))
  })

  const reasons: [string, string][] = [
    ['wrong-format.png', 'format-mismatch'],
    ['truncated.jpg', 'truncated'],
    ['silent.wav', 'silent'],
    ['empty.txt', 'empty'],
    ['image-inside.pdf', 'contains-images'],
    [OVERSIZED, 'too-large'],
  ]
  for (const [name, code] of reasons) {
    it(`rejects ${name} as ${code}`, async () => {
      const bytes = (await badSamples()).get(name)!
      const verdict = await verdictOf(bytes, formatOfName(name)!)
      expect(verdict.vote).to.equal('reject')
      expect(codesOf(verdict)).to.include(code)
    }).timeout(20_000)
  }

  it('rejects the exact duplicate with the earlier contribution', async () => {
    const bytes = readFileSync(join(SAMPLES_DIR, 'bad/exact-duplicate.md'))
    const hashes = new Map([[fileOf(bytes, 'md').declaredSha256, 'contribution-7']])
    const duplicate = resultOf(await verdictOf(bytes, 'md', {}, { hashes }), 'exactDuplicate')!
    expect(duplicate.code).to.equal('exact-duplicate')
    expect(duplicate.related).to.deep.equal({ contribution: 'contribution-7', similarity: 1 })
  })
})

describe('runChecks', function () {
  this.timeout(20_000)
  it('gives the same verdict, digit for digit, when run again', async () => {
    for (const [file, format] of [
      ['good/audio/slow-tune.mp3', 'mp3'],
      ['good/image/harbour.jpg', 'jpg'],
      ['good/text/tides.pdf', 'pdf'],
    ] as const) {
      const bytes = readFileSync(join(SAMPLES_DIR, file))
      expect(await verdictOf(bytes, format), file).to.deep.equal(await verdictOf(bytes, format))
    }
  }).timeout(20_000)

  it('gives verdicts that are plain JSON', async () => {
    const verdict = await verdictOf(PROSE, 'txt')
    expect(JSON.parse(JSON.stringify(verdict))).to.deep.equal(JSON.parse(JSON.stringify(structuredClone(verdict))))
    expect(verdict.results.every(({ code }) => code in REASON_CODES)).to.equal(true)
  })

  it('runs only the checks of the modality and those switched on', async () => {
    const verdict = await verdictOf(PROSE, 'txt', { language: { enabled: false } })
    const ran = verdict.results.map(({ check }) => check)
    expect(ran).to.not.include('language')
    const foreign = CHECKS.filter(({ modality }) => modality === 'image' || modality === 'audio').map(
      ({ name }) => name,
    )
    expect(ran).to.not.include.members(foreign)
  })

  it('never hands bytes of another format to a decoder', async () => {
    const verdict = await verdictOf(PROSE, 'png')
    expect(codesOf(verdict)).to.deep.equal(['format-mismatch'])
    expect(verdict.fingerprint).to.equal(undefined)
  })

  it('passes as not-checked what it was given nothing to compare with', async () => {
    const verdict = await verdictOf(PROSE, 'txt')
    for (const check of ['manifest', 'licence', 'exactDuplicate', 'nearDuplicate'] as const) {
      expect(resultOf(verdict, check)?.code, check).to.equal('not-checked')
    }
    expect(verdict.vote).to.equal('accept')
  })

  it('every failing message says what was found, and every code is in the closed list', async () => {
    for (const [name, bytes] of await badSamples()) {
      const format = formatOfName(name)!
      const verdict = await verdictOf(bytes, format)
      for (const result of verdict.results) {
        expect(Object.keys(REASON_CODES)).to.include(result.code)
        expect(result.message, result.check).to.match(/\.$/)
        expect(modalityOf(format)).to.be.oneOf(['text', 'image', 'audio'])
      }
    }
  }).timeout(20_000)
})
