import { expect } from 'chai'
import { RateLimit } from './rate-limit.ts'

describe('RateLimit', () => {
  it('lets a burst through, then one request for each token that grows back', () => {
    let now = 0
    const limit = new RateLimit({ perSecond: 2, burst: 3 }, () => now)
    expect([1, 2, 3].map(() => limit.take('a'))).to.deep.equal([0, 0, 0])
    expect(limit.take('a')).to.equal(0.5)
    now = 500
    expect(limit.take('a')).to.equal(0)
    expect(limit.take('a')).to.equal(0.5)
  })

  it('counts each client on its own', () => {
    const limit = new RateLimit({ perSecond: 1, burst: 1 }, () => 0)
    expect([limit.take('a'), limit.take('b'), limit.take('a')]).to.deep.equal([0, 0, 1])
  })
})
