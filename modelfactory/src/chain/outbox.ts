import { decodeContractError } from '@datanets/sdk'
import type Database from 'better-sqlite3'
import {
  type Address,
  type Chain,
  type Hex,
  keccak256,
  type LocalAccount,
  type PublicClient,
  type TransactionReceipt,
  TransactionReceiptNotFoundError,
  type Transport,
} from 'viem'
import { RunTransactionError } from '../errors/runs.ts'
import type { Mined } from '../runs/run.ts'

export interface Outgoing {
  /** What it is for, such as `anchor r7`: sent at most once. */
  intent: string
  to: Address
  data: Hex
}

interface Row {
  intent: string
  sender: Address
  nonce: number
  raw: Hex
  hash: Hex
}

const TIMEOUT_MS = 120_000

/**
 * Sends transactions so that none is sent twice, whenever this process dies: the signed bytes are on disk before they leave,
 * and after a restart the same bytes are sent again. One at a time, because nonces are.
 */
export class Outbox {
  readonly #db: Database.Database
  readonly #client: PublicClient<Transport, Chain | undefined>
  readonly #account: LocalAccount
  #last: Promise<unknown> = Promise.resolve()

  constructor(db: Database.Database, client: PublicClient<Transport, Chain | undefined>, account: LocalAccount) {
    this.#db = db
    this.#client = client
    this.#account = account
  }

  /** Whether this was signed before, by this process or one before it. */
  has(intent: string): boolean {
    return this.#find(intent) !== undefined
  }

  /** Resolves when it is mined. @throws RunTransactionError when it was reverted. */
  send(outgoing: Outgoing): Promise<Mined> {
    const next = this.#last.then(
      () => this.#send(outgoing),
      () => this.#send(outgoing),
    )
    this.#last = next.catch(() => undefined)
    return next
  }

  async #send(outgoing: Outgoing): Promise<Mined> {
    const { intent } = outgoing
    const recorded = this.#find(intent)
    const row = recorded === undefined || (await this.#isLost(recorded)) ? await this.#sign(outgoing) : recorded
    const receipt = (await this.#receiptOf(row.hash)) ?? (await this.#broadcast(row))
    if (receipt.status === 'reverted') {
      this.#forget(intent)
      throw new RunTransactionError({ intent, hash: row.hash })
    }
    return { hash: row.hash, block: String(receipt.blockNumber) }
  }

  /** Signs with the next nonce and writes the bytes down. Estimating gas first gives a revert its name before money is spent. */
  async #sign({ intent, to, data }: Outgoing): Promise<Row> {
    const account = this.#account
    const nonce = await this.#client.getTransactionCount({ address: account.address, blockTag: 'pending' })
    const request = await this.#client
      .prepareTransactionRequest({ account, to, data, nonce, type: 'eip1559', chain: null })
      .catch((error: unknown) => {
        throw decodeContractError(error)
      })
    const raw = await account.signTransaction({
      to,
      data,
      nonce,
      type: 'eip1559',
      chainId: request.chainId!,
      gas: request.gas!,
      maxFeePerGas: request.maxFeePerGas!,
      maxPriorityFeePerGas: request.maxPriorityFeePerGas!,
    })
    const row: Row = { intent, sender: account.address, nonce, raw, hash: keccak256(raw) }
    this.#db
      .prepare(
        'INSERT OR REPLACE INTO outbox (intent, sender, nonce, raw, hash) VALUES (@intent, @sender, @nonce, @raw, @hash)',
      )
      .run(row)
    return row
  }

  async #broadcast({ raw, hash }: Row): Promise<TransactionReceipt> {
    try {
      await this.#client.sendRawTransaction({ serializedTransaction: raw })
    } catch (error) {
      // The node may have it already; its receipt decides. If it never comes, the error is the answer.
      const known = await this.#client.getTransaction({ hash }).catch(() => undefined)
      if (known === undefined) throw error
    }
    return this.#client.waitForTransactionReceipt({ hash, timeout: TIMEOUT_MS })
  }

  /** Not mined, and its nonce was used by another transaction: these bytes can never be mined. */
  async #isLost({ hash, nonce, sender }: Row): Promise<boolean> {
    if (sender.toLowerCase() !== this.#account.address.toLowerCase()) return true
    if ((await this.#receiptOf(hash)) !== undefined) return false
    return (await this.#client.getTransactionCount({ address: sender })) > nonce
  }

  async #receiptOf(hash: Hex): Promise<TransactionReceipt | undefined> {
    try {
      return await this.#client.getTransactionReceipt({ hash })
    } catch (error) {
      if (error instanceof TransactionReceiptNotFoundError) return undefined
      throw error
    }
  }

  #find(intent: string): Row | undefined {
    return this.#db.prepare('SELECT * FROM outbox WHERE intent = ?').get(intent) as Row | undefined
  }

  #forget(intent: string): void {
    this.#db.prepare('DELETE FROM outbox WHERE intent = ?').run(intent)
  }
}
