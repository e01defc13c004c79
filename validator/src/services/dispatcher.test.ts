import { datanetsAbi } from '@datanets/sdk'
import { expect } from 'chai'
import { encodeErrorResult, type PublicClient, zeroHash } from 'viem'
import { FeeCapError } from '../errors/transactions.ts'
import { createLogger } from '../logger.ts'
import { createMetrics } from '../metrics.ts'
import type { Sender } from '../sender/sender.ts'
import { type Call, Dispatcher } from './dispatcher.ts'

const call: Call = { duty: 'settle', label: '3-12', to: '0x0000000000000000000000000000000000000001', data: '0x' }

/** What a client throws when a call reverts with this error. */
function revert(errorName: 'DatanetsLotMismatch' | 'DatanetsVoteWindowOpen'): Error {
  const data =
    errorName === 'DatanetsLotMismatch'
      ? encodeErrorResult({ abi: datanetsAbi, errorName, args: [1n, zeroHash, zeroHash] })
      : encodeErrorResult({ abi: datanetsAbi, errorName, args: [1n, 2n] })
  return Object.assign(new Error('execution reverted'), { data, code: 3 })
}

describe('Dispatcher', () => {
  function dispatcherWith({ simulate, send }: { simulate?: () => Promise<unknown>; send?: () => Promise<unknown> }) {
    let sent = 0
    const metrics = createMetrics()
    const dispatcher = new Dispatcher({
      client: { call: simulate ?? (async () => ({})) } as unknown as PublicClient,
      sender: {
        address: call.to,
        send: async () => {
          sent++
          return send?.()
        },
      } as unknown as Sender,
      logger: createLogger({ level: 'silent' }),
      metrics,
    })
    return { dispatcher, metrics, sent: () => sent }
  }

  it('tries a call on the newest state before it sends it', async () => {
    const { dispatcher, sent } = dispatcherWith({})
    expect([await dispatcher.perform(call), sent()]).to.deep.equal(['done', 1])
  })

  it('takes "another state" as done by another node, and sends nothing', async () => {
    const { dispatcher, sent, metrics } = dispatcherWith({
      simulate: () => Promise.reject(revert('DatanetsLotMismatch')),
    })
    expect([await dispatcher.perform(call), sent()]).to.deep.equal(['others', 0])
    const { values } = await metrics.duties.get()
    expect(values).to.have.length(1)
    expect(values[0]!.labels).to.deep.equal({ duty: 'settle', outcome: 'others' })
  })

  it('takes it so too when the other was faster by a block', async () => {
    const { dispatcher } = dispatcherWith({ send: () => Promise.reject(revert('DatanetsLotMismatch')) })
    expect(await dispatcher.perform(call)).to.equal('others')
  })

  it('rests after a failure, for this duty on this lot only', async () => {
    const { dispatcher } = dispatcherWith({
      send: () => Promise.reject(new FeeCapError({ purpose: 'x', asked: 2n, cap: 1n })),
    })
    expect(await dispatcher.perform(call)).to.equal('failed')
    expect(await dispatcher.perform(call)).to.equal('resting')
    expect(await dispatcher.perform({ ...call, label: '3-13' })).to.equal('failed')
    expect(await dispatcher.perform({ ...call, duty: 'accrue' })).to.equal('failed')
  })

  it('never throws for what the chain answers, an early call included', async () => {
    const { dispatcher } = dispatcherWith({ simulate: () => Promise.reject(revert('DatanetsVoteWindowOpen')) })
    expect(await dispatcher.perform(call)).to.equal('failed')
  })
})
