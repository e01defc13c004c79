import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { type HostileCase, hostileCases } from '../../../scripts/make-hostile-corpus.ts'
import { defaultRules, type FileVerdict, modalityOf, REASON_CODES } from '../checks/index.ts'
import { type CheckPool, createCheckPool } from './index.ts'

function checked(pool: CheckPool, { bytes, format, claims }: HostileCase): Promise<FileVerdict> {
  const declaredSha256 = createHash('sha256').update(bytes).digest('hex')
  const input = { bytes, declaredFormat: format, declaredBytes: bytes.length, declaredSha256, ...claims }
  return pool.check(input, defaultRules(modalityOf(format)))
}

describe('hostile corpus', () => {
  let cases: HostileCase[]
  const verdicts = new Map<HostileCase, FileVerdict>()

  before('check every file, two at a time', async function () {
    // Half a minute on an idle machine of two cores; the rest is room for a busy one.
    this.timeout(240_000)
    cases = await hostileCases()
    const pool = createCheckPool({ size: 2 })
    try {
      await Promise.all(cases.map(async (each) => verdicts.set(each, await checked(pool, each))))
    } finally {
      pool.close()
    }
  })

  it('has at least 120 files, no two alike', () => {
    expect(cases.length).to.be.at.least(120)
    const alike = (each: HostileCase) =>
      `${each.format} ${createHash('sha256').update(each.bytes).digest('hex')} ${JSON.stringify(each.claims)}`
    expect(new Set(cases.map(({ format, name }) => `${format}/${name}`)).size).to.equal(cases.length)
    expect(new Set(cases.map(alike)).size).to.equal(cases.length)
  })

  it('ends every file as accept or reject, never as a fault of the node', () => {
    const unclear = cases.filter((each) => !['accept', 'reject'].includes(verdicts.get(each)!.vote))
    expect(unclear.map(({ name }) => name)).to.deep.equal([])
  })

  it('gives each the verdict it must get', () => {
    const wrong = cases.filter((each) => each.expect !== 'either' && verdicts.get(each)!.vote !== each.expect)
    expect(wrong.map((each) => `${each.name}: ${JSON.stringify(verdicts.get(each)!.results)}`)).to.deep.equal([])
  })

  it('says why, in the closed list of reasons, and quotes at most a line of the file', () => {
    for (const each of cases) {
      const { vote, results } = verdicts.get(each)!
      const failed = results.filter(({ verdict }) => verdict === 'fail')
      expect(failed.length > 0, each.name).to.equal(vote === 'reject')
      for (const { code, message } of failed) {
        expect(Object.keys(REASON_CODES), each.name).to.include(code)
        expect(message.length, `${each.name}: ${message}`).to.be.within(10, 600)
      }
    }
  })
})
