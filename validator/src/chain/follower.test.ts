import { type Deployment, datanetsAbi, type Terms } from '@datanets/sdk'
import { packEntry, toLotId } from '@datanets/sdk/utils'
import { expect } from 'chai'
import {
  createPublicClient,
  custom,
  encodeAbiParameters,
  encodeEventTopics,
  type Hex,
  hexToNumber,
  keccak256,
  numberToHex,
  type PublicClient,
  stringToHex,
  zeroHash,
} from 'viem'
import { createLogger } from '../logger.ts'
import { createMetrics } from '../metrics.ts'
import type { DatanetInfo, DatanetReader } from './datanet-reader.ts'
import { LotFollower } from './follower.ts'

const datanets = '0x00000000000000000000000000000000000000cc'
const contributor = '0x00000000000000000000000000000000000000aa'
const contract = { address: datanets, block: 1, transaction: zeroHash, args: [] } as const
const deployment = {
  chainId: 31337,
  contracts: {
    Datanets: contract,
    OpenToken: contract,
    Validators: contract,
    Appeals: contract,
    ModelFactory: contract,
  },
  commit: 'test',
} satisfies Deployment

/** A chain whose blocks can be taken back. Each block holds submissions to lots of Datanet 1. */
class FakeChain {
  blocks: { hash: Hex; logs: object[] }[] = []
  asked: { from: number; to: number }[] = []
  isDown = false
  #made = 0

  constructor() {
    this.add()
  }

  /** Adds a block with a submission of `count` files to each of `lots`. */
  add(...lots: { number: number; count: number; first?: number }[]): void {
    const blockNumber = this.blocks.length
    const hash = keccak256(stringToHex(`block ${blockNumber} ${this.#made++}`))
    const logs = lots.map(({ number, count, first = 0 }, logIndex) => {
      const lot = toLotId({ datanetId: 1, number })
      const entry = packEntry({
        contributor,
        first,
        count,
        totalBytes: 100,
        formats: 1,
        enteredBlock: BigInt(blockNumber),
      })
      return {
        address: datanets,
        topics: encodeEventTopics({ abi: datanetsAbi, eventName: 'Submitted', args: { lot, contributor } }),
        data: encodeAbiParameters([{ type: 'uint256' }, { type: 'bytes32' }, { type: 'bytes32' }], [entry, hash, hash]),
        blockNumber: numberToHex(blockNumber),
        blockHash: hash,
        transactionHash: hash,
        transactionIndex: '0x0',
        logIndex: numberToHex(logIndex),
        removed: false,
      }
    })
    this.blocks.push({ hash, logs })
  }

  /** Takes back the newest blocks. */
  drop(count: number): void {
    this.blocks.splice(this.blocks.length - count)
  }

  request = async ({ method, params }: { method: string; params?: unknown }): Promise<unknown> => {
    if (this.isDown) throw new TypeError('the endpoint is down')
    const [first] = (params ?? []) as [unknown]
    if (method === 'eth_blockNumber') return numberToHex(this.blocks.length - 1)
    if (method === 'eth_getBlockByNumber') {
      const number = first === 'latest' ? this.blocks.length - 1 : hexToNumber(first as Hex)
      const block = this.blocks[number]
      return block
        ? { number: numberToHex(number), hash: block.hash, timestamp: numberToHex(1_000 + number), transactions: [] }
        : null
    }
    if (method !== 'eth_getLogs') throw new TypeError(`unexpected ${method}`)
    const { fromBlock, toBlock } = first as { fromBlock: Hex; toBlock: Hex }
    const [from, to] = [hexToNumber(fromBlock), hexToNumber(toBlock)]
    this.asked.push({ from, to })
    return this.blocks.slice(from, to + 1).flatMap(({ logs }) => logs)
  }
}

describe('LotFollower', () => {
  let chain: FakeChain
  let follower: LotFollower
  const metrics = createMetrics()

  beforeEach(() => {
    chain = new FakeChain()
    const client = createPublicClient({ transport: custom(chain, { retryCount: 0 }) }) as PublicClient
    const info = { terms: { voteWindow: 1, challengeWindow: 1, lotWindow: 1 } as Terms } as DatanetInfo
    follower = new LotFollower(
      { deployment, reorgDepth: 3 },
      {
        client,
        datanets: { read: async () => info } as unknown as DatanetReader,
        logger: createLogger({ level: 'silent' }),
        metrics,
        signal: new AbortController().signal,
      },
    )
  })

  const itemsOf = (number: number) => follower.lots.get(toLotId({ datanetId: 1, number }))?.itemCount

  it('knows the lots of all blocks so far', async () => {
    chain.add({ number: 0, count: 2 })
    chain.add({ number: 0, count: 3, first: 2 }, { number: 1, count: 1 })
    expect(await follower.update()).to.equal(true)
    expect([itemsOf(0), itemsOf(1)]).to.deep.equal([5, 1])
    expect(follower.head?.number).to.equal(2n)
  })

  it('does nothing while the head stays', async () => {
    await follower.update()
    const asked = chain.asked.length
    expect(await follower.update()).to.equal(false)
    expect(chain.asked).to.have.length(asked)
  })

  it('forgets what a reorganisation of the newest blocks took back', async () => {
    chain.add({ number: 0, count: 2 })
    chain.add({ number: 1, count: 4 })
    await follower.update()
    chain.drop(1)
    chain.add({ number: 2, count: 1 })
    await follower.update()
    expect([itemsOf(0), itemsOf(1), itemsOf(2)]).to.deep.equal([2, undefined, 1])
  })

  it('gives a lot another digest when its submissions changed', async () => {
    chain.add({ number: 0, count: 2 })
    await follower.update()
    const before = [...follower.lots.values()][0]!.digest
    chain.drop(1)
    chain.add({ number: 0, count: 2 })
    await follower.update()
    expect([...follower.lots.values()][0]!.digest).to.not.equal(before)
  })

  it('reads deep blocks once', async () => {
    for (let number = 0; number < 10; number++) chain.add({ number, count: 1 })
    await follower.update()
    chain.asked = []
    chain.add({ number: 10, count: 1 })
    await follower.update()
    expect(Math.min(...chain.asked.map(({ from }) => from))).to.equal(8)
    expect(follower.lots.size).to.equal(11)
  })

  it('reads everything anew when a reorganisation goes below the blocks it reads again', async () => {
    for (let number = 0; number < 10; number++) chain.add({ number, count: 1 })
    await follower.update()
    const before = (await metrics.reorgs.get()).values[0]!.value
    chain.drop(8)
    for (let number = 20; number < 30; number++) chain.add({ number, count: 2 })
    await follower.update()
    expect((await metrics.reorgs.get()).values[0]!.value).to.equal(before + 1)
    expect([...follower.lots.values()].map(({ number }) => number)).to.deep.equal([
      0,
      1,
      ...Array.from({ length: 10 }, (_, at) => 20 + at),
    ])
  })

  it('keeps what it knows while the endpoint is down, and goes on afterwards', async () => {
    chain.add({ number: 0, count: 1 })
    await follower.update()
    chain.add({ number: 1, count: 1 })
    chain.isDown = true
    expect(await follower.update().catch((error: Error) => error)).to.be.instanceOf(Error)
    expect(follower.lots.size).to.equal(1)
    chain.isDown = false
    await follower.update()
    expect(follower.lots.size).to.equal(2)
  })

  it('ends as a follower that never saw the reorganisations, whatever they were', async () => {
    const plan = [4, 1, 2, 3, 1, 6, 2, 1, 5, 3]
    for (const [round, count] of plan.entries()) {
      chain.drop(Math.min(round % 4, chain.blocks.length - 1))
      for (let at = 0; at < count; at++) chain.add({ number: round * 10 + at, count: 1 + at })
      await follower.update()
    }
    const known = [...follower.lots].map(([id, { digest }]) => [id, digest])
    const fresh = chain.blocks.flatMap(({ logs }) => logs).length
    expect(known).to.have.length(fresh)
    for (const [round, count] of plan.entries()) {
      if (round === plan.length - 1)
        for (let at = 0; at < count; at++) expect(itemsOf(round * 10 + at)).to.equal(1 + at)
    }
  })
})
