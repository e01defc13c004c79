import { type Deployment, modelFactoryAbi } from '@datanets/sdk'
import { voucherTypedData } from '@datanets/sdk/utils'
import type Database from 'better-sqlite3'
import type { Address, Chain, Hex, PublicClient, Transport } from 'viem'
import { VoucherRefusedError } from '../errors/chat.ts'

/** What a payer signed: the total it owes for a run so far. */
export interface Voucher {
  payer: Address
  total: bigint
  /** Seconds since 1970. */
  deadline: bigint
  signature: Hex
}

interface Row {
  payer: Address
  total: string
  deadline: string
  signature: Hex
  owed: string
}

/** Seconds a voucher must still be good for: enough to collect it. */
const MARGIN_SECONDS = 3_600n

/**
 * Counts what each payer owes for a run's answers, and takes vouchers for it. A voucher states the running total, so one
 * transaction collects any number of answers.
 */
export class Meter {
  readonly #db: Database.Database
  readonly #client: PublicClient<Transport, Chain | undefined>
  readonly #deployment: Deployment
  /** OPEN per answer, in wei. */
  readonly feePerAnswer: bigint

  constructor(options: {
    db: Database.Database
    client: PublicClient<Transport, Chain | undefined>
    deployment: Deployment
    feePerAnswer: bigint
  }) {
    this.#db = options.db
    this.#client = options.client
    this.#deployment = options.deployment
    this.feePerAnswer = options.feePerAnswer
  }

  /** What the payer must have signed for before the next answer, in wei. */
  due(runId: Hex, payer: Address): bigint {
    return this.#owed(runId, payer) + this.feePerAnswer
  }

  /**
   * Takes a voucher that covers one more answer, and counts that answer: give it, or {@link Meter.refund} it.
   * @throws VoucherRefusedError
   */
  async accept(runId: Hex, voucher: Voucher): Promise<void> {
    const { deadline, payer, signature, total } = voucher
    this.#within(total, this.due(runId, payer))
    const { timestamp } = await this.#client.getBlock()
    if (deadline < timestamp + MARGIN_SECONDS) {
      throw new VoucherRefusedError('it ends too early', [
        `Give it at least an hour: a deadline after ${timestamp + MARGIN_SECONDS}.`,
      ])
    }
    const typedData = voucherTypedData({ ...this.#domain, runId, payer, total, deadline })
    if (!(await this.#client.verifyTypedData({ ...typedData, address: payer, signature }))) {
      throw new VoucherRefusedError(`it is not signed by ${payer}`)
    }
    const [collected, deposit] = await Promise.all([
      this.#read('collectedOf', [runId, payer]) as Promise<bigint>,
      this.#read('depositOf', [payer]) as Promise<{ balance: bigint; leaving: bigint }>,
    ])
    const held = deposit.balance - deposit.leaving
    if (total - collected > held) {
      throw new VoucherRefusedError(`the deposit of ${payer} holds ${held} wei`, [
        `Needed: ${total - collected} wei. Put OPEN down with ModelFactory.deposit; what is announced to be withdrawn does not count.`,
      ])
    }
    this.#db
      .prepare(
        `INSERT INTO vouchers (run_id, payer, total, deadline, signature, owed) VALUES (@runId, @payer, @total, @deadline, @signature, @owed)
         ON CONFLICT (run_id, payer) DO UPDATE SET
           total = excluded.total, deadline = excluded.deadline, signature = excluded.signature, owed = excluded.owed`,
      )
      .run({
        ...{ runId, payer: payer.toLowerCase(), signature },
        total: String(total),
        deadline: String(deadline),
        // Read again: other answers were asked for while the chain was.
        owed: String(this.#within(total, this.due(runId, payer))),
      })
  }

  /** Takes back the count of an answer that was not given. */
  refund(runId: Hex, payer: Address): void {
    this.#db
      .prepare('UPDATE vouchers SET owed = ? WHERE run_id = ? AND payer = ?')
      .run(String(this.#owed(runId, payer) - this.feePerAnswer), runId, payer.toLowerCase())
  }

  /** The newest voucher of each payer, to be collected. */
  vouchers(runId: Hex): Voucher[] {
    const rows = this.#db.prepare('SELECT * FROM vouchers WHERE run_id = ?').all(runId) as Row[]
    return rows.map(({ payer, total, deadline, signature }) => ({
      payer,
      total: BigInt(total),
      deadline: BigInt(deadline),
      signature,
    }))
  }

  get #domain() {
    return { chainId: this.#deployment.chainId, verifyingContract: this.#deployment.contracts.ModelFactory.address }
  }

  #within(total: bigint, due: bigint): bigint {
    if (total >= due) return due
    const { feePerAnswer } = this
    throw new VoucherRefusedError(`it is good for ${total} wei`, [
      `Due: ${due} wei in all, ${feePerAnswer} per answer.`,
    ])
  }

  #owed(runId: Hex, payer: Address): bigint {
    const row = this.#db
      .prepare('SELECT owed FROM vouchers WHERE run_id = ? AND payer = ?')
      .get(runId, payer.toLowerCase()) as Pick<Row, 'owed'> | undefined
    return BigInt(row?.owed ?? 0)
  }

  #read(functionName: 'collectedOf' | 'depositOf', args: readonly unknown[]): Promise<unknown> {
    const { address } = this.#deployment.contracts.ModelFactory
    return this.#client.readContract({ address, abi: modelFactoryAbi, functionName, args: args as never })
  }
}
