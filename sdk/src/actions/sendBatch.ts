import { type Account, type Address, type Client, type Hex, isAddressEqual } from 'viem'
import { sendCalls, waitForCallsStatus } from 'viem/actions'
import { BatchFailedError } from '../errors/batch.ts'
import { decodeContractError } from '../errors/decode.ts'
import { accountOf, type PreparedCall } from './internal/write.ts'

export type SendBatchParameters = {
  /** Calls from the `prepare…` functions, in order. */
  calls: readonly Pick<PreparedCall, 'to' | 'data'>[]
  account?: Account | Address | undefined
  /** Milliseconds to wait for the wallet; viem's default otherwise. */
  timeout?: number | undefined
}

export type SendBatchReturnType = {
  /** The wallet's name for the batch. */
  id: string
  /** One receipt where the wallet sent one transaction, otherwise one per call. */
  receipts: { hash: Hex; blockNumber: bigint; logs: { address: Address; data: Hex; topics: Hex[] }[] }[]
}

/**
 * Sends prepared calls through the wallet as one EIP-5792 batch, all or nothing, and waits until it is mined. Wallets
 * that cannot do it refuse; then send the calls one by one.
 *
 * @throws {BatchFailedError} when the wallet reports that the batch failed.
 */
export async function sendBatch(
  client: Client,
  { calls, timeout, ...parameters }: SendBatchParameters,
): Promise<SendBatchReturnType> {
  const account = accountOf(client, parameters, 'sendBatch')
  try {
    const { id } = await sendCalls(client, {
      account,
      chain: client.chain ?? null,
      forceAtomic: true,
      calls: calls.map(({ data, to }) => ({ to, data })),
    } as Parameters<typeof sendCalls>[1])
    const { receipts = [], status } = await waitForCallsStatus(client, { id, ...(timeout ? { timeout } : {}) })
    if (status !== 'success') throw new BatchFailedError({ id, status: status ?? 'unknown' })
    return {
      id,
      receipts: receipts.map(({ blockNumber, logs, transactionHash }) => ({
        hash: transactionHash,
        blockNumber,
        logs: logs.map(({ address, data, topics }) => ({ address, data, topics: topics as Hex[] })),
      })),
    }
  } catch (error) {
    throw decodeContractError(error)
  }
}

/** Logs of one contract in a batch, for viem's `parseEventLogs`. */
export function logsOf({ receipts }: SendBatchReturnType, address: Address) {
  return receipts.flatMap(({ logs }) => logs.filter((log) => isAddressEqual(log.address, address)))
}
