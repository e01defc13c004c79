import { expect } from 'chai'
import { backoffMs, retry, seededRandom } from './retry.ts'

const options = { baseMs: 1, maxMs: 2, random: seededRandom(1) }

describe('retry', () => {
  it('returns the first success', async () => {
    let tries = 0
    const result = await retry(async () => (++tries < 3 ? Promise.reject(new Error('down')) : 'up'), {
      ...options,
      attempts: 5,
    })
    expect([result, tries]).to.deep.equal(['up', 3])
  })

  it('throws the last error when it is out of tries', async () => {
    let tries = 0
    const work = retry(async () => Promise.reject(new Error(`down ${++tries}`)), { ...options, attempts: 3 })
    expect(await work.catch((error: Error) => error.message)).to.equal('down 3')
  })

  it('does not try again what cannot help', async () => {
    let tries = 0
    const work = retry(async () => Promise.reject(new Error(`down ${++tries}`)), {
      ...options,
      attempts: 3,
      isRetryable: () => false,
    })
    expect(await work.catch((error: Error) => error.message)).to.equal('down 1')
  })

  it('stops at an abort', async () => {
    const abort = new AbortController()
    const work = retry(
      async () => {
        abort.abort(new Error('stopped'))
        throw new Error('down')
      },
      { attempts: 100, baseMs: 60_000, maxMs: 60_000, signal: abort.signal },
    )
    expect(await work.catch((error: Error) => error.name)).to.equal('AbortError')
  })
})

describe('backoffMs', () => {
  it('doubles up to its limit, with jitter over the upper half, the same for the same seed', () => {
    const waits = (seed: number) => {
      const random = seededRandom(seed)
      return [1, 2, 3, 4, 5, 6].map((attempt) => backoffMs(attempt, { baseMs: 100, maxMs: 1_000, random }))
    }
    const ceilings = [100, 200, 400, 800, 1_000, 1_000]
    for (const [at, wait] of waits(7).entries()) expect(wait).to.be.within(ceilings[at]! / 2, ceilings[at]!)
    expect(waits(7)).to.deep.equal(waits(7)).and.not.deep.equal(waits(8))
  })
})
