import { datanetsAbi } from '@datanets/sdk'
import {
  type Address,
  BaseError,
  HttpRequestError,
  type ParseEventLogsReturnType,
  type PublicClient,
  parseEventLogs,
} from 'viem'

export type DatanetsLog = ParseEventLogsReturnType<typeof datanetsAbi, undefined, true>[number]

const WIDEST = 10_000n

/**
 * All events of the contract in a range of blocks, oldest first. Endpoints bound a query by blocks, by events or by bytes and
 * say so each in its own words, so whatever they answer to a wide range halves it; no answer at all, or none to a single
 * block, is a failure.
 */
export async function readLogs(
  client: PublicClient,
  {
    address,
    fromBlock,
    toBlock,
    signal,
  }: { address: Address; fromBlock: bigint; toBlock: bigint; signal?: AbortSignal },
): Promise<DatanetsLog[]> {
  const logs: DatanetsLog[] = []
  let width = WIDEST
  for (let from = fromBlock; from <= toBlock; ) {
    signal?.throwIfAborted()
    const last = from + width - 1n
    const to = last < toBlock ? last : toBlock
    try {
      const raw = await client.getLogs({ address, fromBlock: from, toBlock: to })
      logs.push(...parseEventLogs({ abi: datanetsAbi, logs: raw }))
      from = to + 1n
      width = width * 2n < WIDEST ? width * 2n : WIDEST
    } catch (error) {
      if (to === from || isSilence(error)) throw error
      width = (to - from + 1n) / 2n
    }
  }
  return logs
}

function isSilence(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false
  return error.walk((cause) => cause instanceof HttpRequestError && cause.status === undefined) !== null
}
