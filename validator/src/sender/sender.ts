import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Address,
  type Hash,
  type Hex,
  keccak256,
  type LocalAccount,
  NonceTooLowError,
  type PublicClient,
  type TransactionReceipt,
  TransactionReceiptNotFoundError,
  BaseError as ViemBaseError,
} from 'viem'
import { SenderEmptyError, TransactionRevertedError, TransactionStuckError } from '../errors/transactions.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { Mutex } from '../util/mutex.ts'
import { bumpFees, capFees, type Fees, maxFees } from './fees.ts'
import type { TransactionStore } from './store.ts'

export interface Intent {
  to: Address
  data: Hex
  /** For people: what it does to what, such as `settle lot 3-12`. */
  purpose: string
}

export interface SenderLimits {
  /** Most wei for one gas. */
  maxFeePerGas: bigint
  /** Fee bumps of one transaction. */
  maxBumps: number
  /** Milliseconds a transaction has to be mined before its fees are bumped. */
  receiptTimeoutMs: number
  pollMs: number
}

export const DEFAULT_SENDER_LIMITS: SenderLimits = {
  maxFeePerGas: 200_000_000_000n,
  maxBumps: 6,
  receiptTimeoutMs: 30_000,
  pollMs: 250,
}

/** Nonces tried for one intent: others may use the account against all advice. */
const MOST_NONCES = 4
const GAS_MARGIN_PERCENT = 125n

interface Modules {
  client: PublicClient
  account: LocalAccount
  store: TransactionStore
  logger: Logger
  metrics: Metrics
  signal: AbortSignal
}

/**
 * The one writer of an account. Intents go out one after the other: each has a nonce, is bumped at that nonce until a block
 * takes it, and only then comes the next. A transaction left behind by a crash is replaced, not queued behind: what a node
 * sends can all be derived from the chain again, so a replaced intent is not lost.
 */
export class Sender {
  readonly address: Address
  readonly #limits: SenderLimits
  readonly #modules: Modules
  readonly #mutex = new Mutex()
  #chainId?: number

  constructor(limits: SenderLimits, modules: Modules) {
    this.#limits = limits
    this.#modules = modules
    this.address = modules.account.address
  }

  /**
   * Sends `intent` and waits for its block.
   * @throws FeeCapError, SenderEmptyError, TransactionStuckError, TransactionRevertedError, or the revert of the estimate.
   */
  send(intent: Intent): Promise<TransactionReceipt> {
    return this.#mutex.run(async () => {
      for (let attempt = 1; ; attempt++) {
        const receipt = await this.#sendOnce(intent, attempt)
        if (receipt) return receipt
      }
    })
  }

  /** Undefined when another transaction took the nonce. */
  async #sendOnce(intent: Intent, attempt: number): Promise<TransactionReceipt | undefined> {
    const { client, account, store, metrics } = this.#modules
    const estimate = await client.estimateGas({ account: account.address, to: intent.to, data: intent.data })
    const gas = (estimate * GAS_MARGIN_PERCENT) / 100n
    const { nonce, mined } = await this.#nextNonce()
    store.forgetBelow(mined)

    let fees = await this.#firstFees(nonce)
    const hashes = store.at(nonce).map(({ hash }) => hash)
    for (let bumps = 0; bumps <= this.#limits.maxBumps; bumps++) {
      fees = capFees(fees, { cap: this.#limits.maxFeePerGas, purpose: intent.purpose })
      const hash = await this.#broadcast({ ...intent, nonce, gas, fees })
      if (hash === 'nonce-used') {
        // By one of ours, which was mined while the next was made, or by somebody else's.
        const receipt = await this.#findReceipt(hashes)
        if (receipt) return this.#finish(intent, receipt, hashes, nonce)
        if (attempt >= MOST_NONCES) break
        return undefined
      }
      if (hash !== 'underpriced') hashes.push(hash)
      const receipt = hash === 'underpriced' ? undefined : await this.#waitForAny(hashes)
      if (receipt) return this.#finish(intent, receipt, hashes, nonce)
      fees = bumpFees(fees)
      await this.#fillGap(nonce, fees)
    }
    metrics.transactions.inc({ outcome: 'refused' })
    throw new TransactionStuckError({
      purpose: intent.purpose,
      nonce,
      bumps: this.#limits.maxBumps,
      seconds: ((this.#limits.maxBumps + 1) * this.#limits.receiptTimeoutMs) / 1_000,
    })
  }

  /** Ours after the mined ones; behind those of others when the account has unknown ones waiting. */
  async #nextNonce(): Promise<{ nonce: number; mined: number }> {
    const { client, account, store } = this.#modules
    const [mined, waiting] = await Promise.all([
      client.getTransactionCount({ address: account.address, blockTag: 'latest' }),
      client.getTransactionCount({ address: account.address, blockTag: 'pending' }),
    ])
    const replacesOwn = store.at(mined).length > 0
    return { nonce: replacesOwn ? mined : Math.max(mined, waiting), mined }
  }

  async #firstFees(nonce: number): Promise<Fees> {
    const market = await this.#modules.client.estimateFeesPerGas()
    const own = this.#modules.store.at(nonce)
    return own.reduce<Fees>((fees, sent) => maxFees(fees, bumpFees(sent)), market)
  }

  async #broadcast({
    to,
    data,
    purpose,
    nonce,
    gas,
    fees,
  }: Intent & { nonce: number; gas: bigint; fees: Fees }): Promise<Hash | 'underpriced' | 'nonce-used'> {
    const { client, account, store, logger } = this.#modules
    this.#chainId ??= await client.getChainId()
    const raw = await account.signTransaction({
      type: 'eip1559',
      chainId: this.#chainId,
      to,
      data,
      nonce,
      gas,
      ...fees,
    })
    const hash = keccak256(raw)
    // Recorded first: whatever reaches the network is known after a crash.
    store.add({ nonce, hash, purpose, ...fees })
    try {
      await client.sendRawTransaction({ serializedTransaction: raw })
      logger.debug({ purpose, nonce, hash }, 'transaction sent')
    } catch (error) {
      const kind = kindOf(error)
      if (kind === 'unfunded') {
        const balance = await client.getBalance({ address: account.address })
        throw new SenderEmptyError({ address: account.address, balance, needed: gas * fees.maxFeePerGas })
      }
      if (kind === 'other') throw error
      if (kind !== 'known') return kind
    }
    return hash
  }

  /** A nonce below ours that nobody holds would keep ours waiting for ever: it is taken by an empty transfer to ourselves. */
  async #fillGap(nonce: number, fees: Fees): Promise<void> {
    const { client, account, logger } = this.#modules
    const mined = await client.getTransactionCount({ address: account.address, blockTag: 'latest' })
    if (mined >= nonce) return
    const capped = capFees(fees, { cap: this.#limits.maxFeePerGas, purpose: `filling nonce ${mined}` })
    logger.warn({ nonce: mined, behind: nonce }, 'filling a nonce gap')
    await this.#broadcast({
      to: account.address,
      data: '0x',
      purpose: `fill nonce ${mined}`,
      nonce: mined,
      gas: 21_000n,
      fees: capped,
    })
  }

  async #waitForAny(hashes: readonly Hash[]): Promise<TransactionReceipt | undefined> {
    const deadline = Date.now() + this.#limits.receiptTimeoutMs
    while (Date.now() < deadline) {
      const receipt = await this.#findReceipt(hashes)
      if (receipt) return receipt
      await sleep(this.#limits.pollMs, undefined, { signal: this.#modules.signal })
    }
    return undefined
  }

  async #findReceipt(hashes: readonly Hash[]): Promise<TransactionReceipt | undefined> {
    for (const hash of hashes) {
      try {
        return await this.#modules.client.getTransactionReceipt({ hash })
      } catch (error) {
        if (!(error instanceof TransactionReceiptNotFoundError)) throw error
      }
    }
    return undefined
  }

  #finish(
    intent: Intent,
    receipt: TransactionReceipt,
    hashes: readonly Hash[],
    nonce: number,
  ): TransactionReceipt | undefined {
    const { store, metrics, logger } = this.#modules
    const sent = store.at(nonce).find(({ hash }) => hash === receipt.transactionHash)
    store.forgetBelow(nonce + 1)
    metrics.gasUsed.inc(Number(receipt.gasUsed))
    if (sent && sent.purpose !== intent.purpose) {
      metrics.transactions.inc({ outcome: 'replaced' })
      return undefined
    }
    metrics.transactions.inc({ outcome: receipt.status === 'success' ? 'mined' : 'reverted' })
    if (receipt.status !== 'success') {
      throw new TransactionRevertedError({ purpose: intent.purpose, hash: receipt.transactionHash })
    }
    logger.info({ purpose: intent.purpose, hash: receipt.transactionHash, tries: hashes.length }, 'transaction mined')
    return receipt
  }
}

function kindOf(error: unknown): 'known' | 'underpriced' | 'nonce-used' | 'unfunded' | 'other' {
  if (!(error instanceof ViemBaseError)) return 'other'
  const text = `${error.shortMessage} ${error.details}`.toLowerCase()
  if (/already known|known transaction|already imported/.test(text)) return 'known'
  if (/underpriced|replacement fee too low|fee too low to replace/.test(text)) return 'underpriced'
  if (
    error.walk((cause) => cause instanceof NonceTooLowError) ||
    /nonce too low|nonce has already been used/.test(text)
  ) {
    return 'nonce-used'
  }
  if (/insufficient funds|doesn't have enough funds/.test(text)) return 'unfunded'
  return 'other'
}
