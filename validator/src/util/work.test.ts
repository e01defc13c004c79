import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { runEvery } from './clock.ts'
import { mapLimit } from './map-limit.ts'
import { Mutex } from './mutex.ts'

describe('Mutex', () => {
  it('runs one task at a time, in order, and a failure stops nobody else', async () => {
    const mutex = new Mutex()
    const log: string[] = []
    const task = (name: string, ms: number) =>
      mutex.run(async () => {
        log.push(`${name} starts`)
        await sleep(ms)
        log.push(`${name} ends`)
        if (name === 'a') throw new Error('failed')
      })
    const results = await Promise.allSettled([task('a', 5), task('b', 1)])
    expect(log).to.deep.equal(['a starts', 'a ends', 'b starts', 'b ends'])
    expect(results.map(({ status }) => status)).to.deep.equal(['rejected', 'fulfilled'])
  })
})

describe('mapLimit', () => {
  it('keeps the order and never has more under way than allowed', async () => {
    let underWay = 0
    let most = 0
    const results = await mapLimit([5, 1, 3, 2, 4], 2, async (ms) => {
      most = Math.max(most, ++underWay)
      await sleep(ms)
      underWay--
      return ms * 10
    })
    expect([results, most]).to.deep.equal([[50, 10, 30, 20, 40], 2])
  })
})

describe('runEvery', () => {
  it('goes on after a failure, and resolves when it was aborted', async () => {
    const abort = new AbortController()
    const errors: unknown[] = []
    let ticks = 0
    await runEvery(
      async () => {
        if (++ticks === 3) abort.abort()
        throw new Error(`tick ${ticks}`)
      },
      { intervalMs: 1, signal: abort.signal, onError: (error) => errors.push(error) },
    )
    expect([ticks, errors.length]).to.deep.equal([3, 2])
  })
})
