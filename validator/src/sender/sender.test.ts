import Database from 'better-sqlite3'
import { expect } from 'chai'
import {
  createPublicClient,
  custom,
  type Hash,
  type Hex,
  keccak256,
  numberToHex,
  type PublicClient,
  parseTransaction,
} from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import {
  FeeCapError,
  SenderEmptyError,
  TransactionRevertedError,
  TransactionStuckError,
} from '../errors/transactions.ts'
import { createLogger } from '../logger.ts'
import { createMetrics } from '../metrics.ts'
import { Sender } from './sender.ts'
import { TransactionStore } from './store.ts'

const account = privateKeyToAccount(generatePrivateKey())
const to = '0x0000000000000000000000000000000000000001'
const intent = (purpose: string) => ({ to, data: '0x1234' as Hex, purpose }) as const

/** A pool and its miner, with the rules that matter to a sender. */
class Pool {
  mined = 0
  /** By nonce. */
  waiting = new Map<number, { hash: Hash; maxFee: bigint }>()
  receipts = new Map<Hash, 'success' | 'reverted'>()
  sent: { nonce: number; maxFee: bigint }[] = []
  /** What the miner takes at least. */
  price = 1n
  result: 'success' | 'reverted' = 'success'
  refusals: string[] = []

  request = async ({ method, params }: { method: string; params?: unknown }): Promise<unknown> => {
    const [first, second] = (params ?? []) as [unknown, unknown]
    switch (method) {
      case 'eth_chainId':
        return '0x7a69'
      case 'eth_estimateGas':
        return numberToHex(50_000)
      case 'eth_gasPrice':
      case 'eth_maxPriorityFeePerGas':
        return numberToHex(10)
      case 'eth_getBalance':
        return numberToHex(7)
      case 'eth_getBlockByNumber':
        return { baseFeePerGas: numberToHex(100), number: '0x1', timestamp: '0x1', transactions: [] }
      case 'eth_getTransactionCount':
        return numberToHex(second === 'pending' ? this.#pendingCount() : this.mined)
      case 'eth_sendRawTransaction':
        return this.#take(first as Hex)
      case 'eth_getTransactionReceipt':
        return this.#receipt(first as Hash)
      default:
        throw new TypeError(`unexpected ${method}`)
    }
  }

  mine(): void {
    for (
      let next = this.waiting.get(this.mined);
      next && next.maxFee >= this.price;
      next = this.waiting.get(this.mined)
    ) {
      this.receipts.set(next.hash, this.result)
      this.waiting.delete(this.mined++)
    }
  }

  #pendingCount(): number {
    let count = this.mined
    while (this.waiting.has(count)) count++
    return count
  }

  #take(raw: Hex): Hash {
    const refusal = this.refusals.shift()
    if (refusal) throw Object.assign(new Error(refusal), { code: -32000 })
    const { nonce = 0, maxFeePerGas = 0n } = parseTransaction(raw as `0x02${string}`)
    const before = this.waiting.get(nonce)
    if (nonce < this.mined) throw Object.assign(new Error('nonce too low'), { code: -32000 })
    if (before && maxFeePerGas * 10n < before.maxFee * 11n) {
      throw Object.assign(new Error('replacement transaction underpriced'), { code: -32000 })
    }
    const hash = keccak256(raw)
    this.waiting.set(nonce, { hash, maxFee: maxFeePerGas })
    this.sent.push({ nonce, maxFee: maxFeePerGas })
    this.mine()
    return hash
  }

  #receipt(hash: Hash): unknown {
    const status = this.receipts.get(hash)
    if (!status) return null
    return {
      transactionHash: hash,
      status: status === 'success' ? '0x1' : '0x0',
      gasUsed: '0x10',
      blockNumber: '0x1',
      logs: [],
      cumulativeGasUsed: '0x10',
      effectiveGasPrice: '0x1',
      transactionIndex: '0x0',
      type: '0x2',
    }
  }
}

describe('Sender', () => {
  let pool: Pool
  let db: InstanceType<typeof Database>
  beforeEach(() => {
    pool = new Pool()
    db = new Database(':memory:')
  })

  function newSender(limits: { maxFeePerGas?: bigint; maxBumps?: number } = {}): Sender {
    const client = createPublicClient({ transport: custom(pool, { retryCount: 0 }) }) as PublicClient
    return new Sender(
      { maxFeePerGas: 10_000n, maxBumps: 12, receiptTimeoutMs: 15, pollMs: 2, ...limits },
      {
        client,
        account,
        store: new TransactionStore(db, account.address),
        logger: createLogger({ level: 'silent' }),
        metrics: createMetrics(),
        signal: new AbortController().signal,
      },
    )
  }
  const failureOf = (work: Promise<unknown>) =>
    work.then(
      () => expect.fail('it was sent'),
      (error: unknown) => error,
    )

  it('sends intents one after the other, each at its nonce', async () => {
    const sender = newSender()
    await Promise.all(['a', 'b', 'c'].map((purpose) => sender.send(intent(purpose))))
    expect(pool.sent.map(({ nonce }) => nonce)).to.deep.equal([0, 1, 2])
  })

  it('bumps the fee at the same nonce until a block takes it', async () => {
    pool.price = 400n
    await newSender().send(intent('settle 1-0'))
    expect(new Set(pool.sent.map(({ nonce }) => nonce))).to.deep.equal(new Set([0]))
    expect(pool.sent.length).to.be.greaterThan(2)
    expect(pool.sent.at(-1)!.maxFee >= 400n).to.equal(true)
  })

  it('error: FeeCapError rather than paying more than allowed, before and after sending', async () => {
    expect(await failureOf(newSender({ maxFeePerGas: 50n }).send(intent('x')))).to.be.instanceOf(FeeCapError)
    expect(pool.sent).to.have.length(0)
    pool.price = 10n ** 9n
    expect(await failureOf(newSender({ maxFeePerGas: 300n }).send(intent('x')))).to.be.instanceOf(FeeCapError)
    expect(pool.sent.every(({ maxFee }) => maxFee <= 300n)).to.equal(true)
  })

  it('error: TransactionStuckError after its bumps; the next intent replaces what is stuck', async () => {
    pool.price = 10n ** 9n
    const error = await failureOf(newSender({ maxBumps: 2 }).send(intent('settle 1-0')))
    expect(error).to.be.instanceOf(TransactionStuckError)
    expect(pool.sent).to.have.length(3)
    pool.price = 1n
    await newSender().send(intent('accrue 1-0'))
    expect(pool.sent.at(-1)!.nonce).to.equal(0)
    expect(pool.mined).to.equal(1)
  })

  it('replaces what a crash left behind, with a fee that passes, and does not queue behind it', async () => {
    pool.price = 10n ** 9n
    await failureOf(newSender({ maxBumps: 0 }).send(intent('settle 1-0')))
    const left = pool.sent.at(-1)!
    pool.price = left.maxFee + 1n
    await newSender().send(intent('settle 1-0'))
    expect(pool.sent.at(-1)!.nonce).to.equal(left.nonce)
    expect(pool.sent.at(-1)!.maxFee * 10n >= left.maxFee * 11n).to.equal(true)
  })

  it('goes on at the next nonce when the transaction left behind was mined after all', async () => {
    pool.price = 10n ** 9n
    await failureOf(newSender({ maxBumps: 0 }).send(intent('settle 1-0')))
    pool.price = 1n
    pool.mine()
    await newSender().send(intent('accrue 1-0'))
    expect(pool.sent.map(({ nonce }) => nonce)).to.deep.equal([0, 1])
  })

  it('takes another nonce when its own was used meanwhile', async () => {
    pool.refusals = ['nonce too low']
    await newSender().send(intent('x'))
    expect(pool.mined).to.equal(1)
  })

  it('fills the nonce below its own when the pool dropped what was there', async () => {
    pool.price = 1_000n
    pool.waiting.set(0, { hash: `0x${'a'.repeat(64)}`, maxFee: 1n })
    const work = newSender().send(intent('settle 1-0'))
    while (pool.sent.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    pool.waiting.delete(0)
    pool.price = 1n
    await work
    expect(pool.sent[0]!.nonce).to.equal(1)
    expect(pool.mined).to.equal(2)
  })

  it('waits for what the pool has already', async () => {
    pool.refusals = ['already known']
    pool.price = 10n ** 9n
    const error = await failureOf(newSender({ maxBumps: 0 }).send(intent('x')))
    expect(error).to.be.instanceOf(TransactionStuckError)
  })

  it('error: SenderEmptyError with balance and need', async () => {
    pool.refusals = ['insufficient funds for gas * price + value']
    const error = await failureOf(newSender().send(intent('x')))
    expect(error).to.be.instanceOf(SenderEmptyError)
    expect((error as Error).message).to.contain('has 7 wei')
  })

  it('error: TransactionRevertedError when the state changed before the block', async () => {
    pool.result = 'reverted'
    expect(await failureOf(newSender().send(intent('settle 1-0')))).to.be.instanceOf(TransactionRevertedError)
  })
})
