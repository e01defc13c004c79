import { expect } from 'chai'
import { reasonsIn } from './report.ts'

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))

describe('reasonsIn', () => {
  it('gives the reasons of one item that are not passes', () => {
    const reasons = [
      { code: 'ok', message: 'fine', verdict: 'pass' },
      { code: 'too-short', message: '10 characters', verdict: 'fail' },
    ]
    const report = bytesOf({
      items: [
        { index: 0, reasons: [] },
        { index: 3, reasons },
      ],
    })
    expect(reasonsIn(report, 3)).to.deep.equal([{ code: 'too-short', message: '10 characters' }])
    expect(reasonsIn(report, 0)).to.deep.equal([])
    expect(reasonsIn(report, 1)).to.equal(undefined)
  })

  it('takes nothing of a hostile report for granted', () => {
    const hostile = [null, 7, [], {}, { items: {} }, { items: [null, { index: 0 }, { index: 0, reasons: 'x' }] }]
    for (const report of hostile) expect(reasonsIn(bytesOf(report), 0)).to.equal(undefined)
    expect(reasonsIn(new Uint8Array([0xff, 0x00]), 0)).to.equal(undefined)
    const long = { items: [{ index: 0, reasons: [null, { code: {}, message: 'x'.repeat(5000) }] }] }
    expect(reasonsIn(bytesOf(long), 0)).to.deep.equal([
      { code: '', message: '' },
      { code: '', message: 'x'.repeat(600) },
    ])
  })
})
