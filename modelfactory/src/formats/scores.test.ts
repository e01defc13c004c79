import { expect } from 'chai'
import { CID } from 'multiformats/cid'
import { RunBlockInvalidError } from '../errors/formats.ts'
import { decodeAdapterBlock, encodeMetricsBlock } from './result.ts'
import { accountShares, decodeScores, decodeShares, encodeShares } from './scores.ts'

const line = {
  contribution: '0x10000000001',
  contributor: `0x${'a'.repeat(40)}`,
  place: true,
  score: '0.5',
  share: 1_000_000_000,
}
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))

describe('scores and shares', () => {
  it('are summed per account, in the order of addresses, without those who have none', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((digit) => `0x${digit.repeat(40)}` as const)
    const shares = accountShares([
      { contributor: b!, share: 3n },
      { contributor: a!, share: 4n },
      { contributor: c!, share: 0n },
      { contributor: b!, share: 5n },
    ])
    expect(shares).to.deep.equal([
      { account: a, share: 4n },
      { account: b, share: 8n },
    ])
  })

  it('read back as they were written', () => {
    const shares = [{ account: `0x${'a'.repeat(40)}` as const, share: 1_000_000_000n }]
    expect(decodeShares(encodeShares(shares))).to.deep.equal(shares)
  })

  it('are refused when they do not add up', () => {
    const shares = [{ account: `0x${'a'.repeat(40)}` as const, share: 999_999_999n }]
    expect(() => decodeShares(encodeShares(shares))).to.throw(RunBlockInvalidError, /add up to 999999999/)
  })

  it('are refused where a field is not what it must be, by its name', () => {
    expect(decodeScores(bytesOf({ method: 'm', contributions: [line] })).contributions[0]!.share).to.equal(
      1_000_000_000n,
    )
    const wrong = { score: 'NaN', share: -1, place: 'yes', contributor: '0x12', contribution: '7' }
    for (const [name, value] of Object.entries(wrong)) {
      const bytes = bytesOf({ method: 'm', contributions: [{ ...line, [name]: value }] })
      expect(() => decodeScores(bytes), name).to.throw(
        RunBlockInvalidError,
        new RegExp(`contributions\\[0\\]\\.${name} `),
      )
    }
  })

  it('are not taken for another block', () => {
    const dataset = CID.parse('baguqeerasords4njcts6vs7qvdjfcvgnume4hqohf65zsfguprqphs3icwea')
    const { bytes } = encodeMetricsBlock({ runId: `0x${'1'.repeat(64)}`, dataset, files: [] })
    expect(() => decodeAdapterBlock(bytes)).to.throw(RunBlockInvalidError, /type is not datanets-adapter/)
  })
})
