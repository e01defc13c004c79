import { expect } from 'chai'
import { createPublicClient, custom, type Hex, hexToBigInt, numberToHex, toEventSelector } from 'viem'
import { datanetsAbi } from '../abis.ts'
import { EventsUnavailableError } from '../errors/chain.ts'
import { readEvents } from './read.ts'

/** A node that has one log per block and refuses ranges wider than `width`. */
function nodeWith(width: bigint, { failAt, onRequest }: { failAt?: bigint; onRequest?: (count: number) => void } = {}) {
  const asked: [bigint, bigint][] = []
  const client = createPublicClient({
    transport: custom(
      {
        async request({ method, params }: { method: string; params: [{ fromBlock: Hex; toBlock: Hex }] }) {
          if (method !== 'eth_getLogs') throw new TypeError(method)
          const from = hexToBigInt(params[0].fromBlock)
          const to = hexToBigInt(params[0].toBlock)
          asked.push([from, to])
          onRequest?.(asked.length)
          if (to - from + 1n > width) throw Object.assign(new Error('range too large'), { code: -32005 })
          if (failAt !== undefined && from <= failAt && failAt <= to)
            throw Object.assign(new Error('range too large'), { code: -32005 })
          return Array.from({ length: Number(to - from) + 1 }, (_, index) => logAt(from + BigInt(index)))
        },
      },
      { retryCount: 0 },
    ),
  })
  return { client, asked }
}

const address = `0x${'0d'.repeat(20)}` as const

function logAt(block: bigint) {
  return {
    address,
    topics: [toEventSelector('LotLapsed(uint256,uint256)'), numberToHex(block, { size: 32 })],
    data: numberToHex(block, { size: 32 }),
    blockNumber: numberToHex(block),
    logIndex: '0x0',
    transactionIndex: '0x0',
    transactionHash: numberToHex(block, { size: 32 }),
    blockHash: numberToHex(block, { size: 32 }),
    removed: false,
  }
}

describe('reading events', () => {
  const read = (client: Parameters<typeof readEvents>[0], toBlock: bigint, signal?: AbortSignal) =>
    readEvents(client, { address, abi: datanetsAbi, fromBlock: 1n, toBlock, signal })

  it('covers every block once, whatever range the node allows', async () => {
    for (const width of [1n, 3n, 10n, 1_000n]) {
      const { asked, client } = nodeWith(width)
      const events = await read(client, 100n)
      const blocks = Array.from({ length: 100 }, (_, index) => BigInt(index + 1))
      expect(events.map(({ blockNumber }) => blockNumber)).to.deep.equal(blocks)
      const served = asked.filter(([from, to]) => to - from + 1n <= width)
      let next = 1n
      for (const [from, to] of served) {
        expect(from).to.equal(next)
        next = to + 1n
      }
      expect(next).to.equal(101n)
    }
  })

  it('error: EventsUnavailableError, where not even one block is given', async () => {
    const { client } = nodeWith(1_000n, { failAt: 42n })
    const error = await read(client, 100n).catch((caught) => caught)
    expect(error).to.be.instanceOf(EventsUnavailableError)
    expect(error.shortMessage).to.equal('The node does not give the events of blocks 42 to 42.')
  })

  it('lets an outage through instead of asking for less', async () => {
    let requests = 0
    const client = createPublicClient({
      transport: custom(
        {
          request: async () => {
            requests++
            throw new TypeError('fetch failed')
          },
        },
        { retryCount: 0 },
      ),
    })
    const error = await read(client, 100n).catch((caught) => caught)
    expect(error).to.not.be.instanceOf(EventsUnavailableError)
    expect(requests).to.equal(1)
  })

  it('stops when asked to', async () => {
    const stop = new AbortController()
    const { asked, client } = nodeWith(1n, { onRequest: (count) => count === 30 && stop.abort() })
    const error = await read(client, 1_000_000n, stop.signal).catch((caught) => caught)
    expect(asked).to.have.length(30)
    expect(error.name).to.equal('AbortError')
  })
})
