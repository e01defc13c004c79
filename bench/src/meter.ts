// A fresh in-process chain and a list of what its transactions cost.
import type {} from '@nomicfoundation/hardhat-network-helpers'
import type {} from '@nomicfoundation/hardhat-viem'
import { network } from 'hardhat'
import type { Hex, TransactionReceipt } from 'viem'

/** One measured thing. `gas` is null where it could not be measured; `note` then says why. */
export type Row = { name: string; gas: number | null; note?: string }

export class TransactionFailedError extends Error {
  override name = 'TransactionFailedError'
  constructor(label: string, hash: Hex) {
    super(`"${label}" was mined and reverted (${hash}). Only transactions that succeed are measured; fix the scenario.`)
  }
}

export type Meter = Awaited<ReturnType<typeof createMeter>>

export async function createMeter() {
  const connection = await network.create({ network: 'default', override: { accounts: { count: 40 } } })
  const publicClient = await connection.viem.getPublicClient()
  const wallets = await connection.viem.getWalletClients()
  const rows: Row[] = []

  async function receiptOf(label: string, hash: Hex): Promise<TransactionReceipt> {
    const receipt = await publicClient.waitForTransactionReceipt({ hash })
    if (receipt.status !== 'success') throw new TransactionFailedError(label, hash)
    return receipt
  }

  return {
    viem: connection.viem,
    helpers: connection.networkHelpers,
    publicClient,
    wallets,
    rows,
    receiptOf,
    /** Gas the sender paid for: the whole transaction, calldata included. */
    async measure(name: string, sent: Promise<Hex>): Promise<number> {
      const { gasUsed } = await receiptOf(name, await sent)
      rows.push({ name, gas: Number(gasUsed) })
      return Number(gasUsed)
    },
    note(name: string, gas: number | null, note?: string) {
      rows.push(note === undefined ? { name, gas } : { name, gas, note })
    },
    async close() {
      await connection.close()
    },
  }
}
