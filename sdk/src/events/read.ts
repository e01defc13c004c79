import {
  type Abi,
  type Address,
  type Client,
  type ContractEventName,
  encodeEventTopics,
  formatLog,
  type Hex,
  type Log,
  numberToHex,
  type ParseEventLogsReturnType,
  parseEventLogs,
  type RpcLog,
} from 'viem'
import { EventsUnavailableError } from '../errors/chain.ts'

export type ReadEventsParameters<abi extends Abi, name extends ContractEventName<abi>> = {
  address: Address
  abi: abi
  /** Which events; all of the ABI by default. */
  eventNames?: readonly name[] | undefined
  /** Values of the indexed arguments, in order; null for any, a list for any of it. */
  indexed?: readonly (Hex | readonly Hex[] | null)[] | undefined
  fromBlock: bigint
  toBlock: bigint
  signal?: AbortSignal | undefined
  /** Called after each range with the last block read. */
  onProgress?: ((progress: { block: bigint; toBlock: bigint }) => void) | undefined
}

export type ReadEventsReturnType<abi extends Abi, name extends ContractEventName<abi>> = ParseEventLogsReturnType<
  abi,
  name,
  true
>

/**
 * Reads events in ranges as wide as the node allows: a range that is refused or answers too much is halved, one that
 * works is doubled. Results are complete and in chain order, or an error.
 */
export async function readEvents<const abi extends Abi, name extends ContractEventName<abi>>(
  client: Client,
  parameters: ReadEventsParameters<abi, name>,
): Promise<ReadEventsReturnType<abi, name>> {
  const { abi, eventNames, toBlock } = parameters
  const logs: Log[] = []
  for await (const part of logRanges(client, parameters)) logs.push(...part)
  const parsed = parseEventLogs<abi, true, name>({
    abi,
    logs,
    strict: true,
    ...(eventNames ? { eventName: [...eventNames] } : {}),
  })
  parameters.onProgress?.({ block: toBlock, toBlock })
  return parsed
}

async function* logRanges<abi extends Abi, name extends ContractEventName<abi>>(
  client: Client,
  { abi, address, eventNames, fromBlock, indexed = [], onProgress, signal, toBlock }: ReadEventsParameters<abi, name>,
): AsyncGenerator<Log[]> {
  const topics = [eventNames ? eventNames.map((eventName) => selectorOf(abi, eventName)) : null, ...indexed]
  let width = toBlock - fromBlock + 1n
  for (let from = fromBlock; from <= toBlock; ) {
    signal?.throwIfAborted()
    const to = from + width - 1n < toBlock ? from + width - 1n : toBlock
    try {
      const logs = await requestLogs(client, { address, topics, from, to })
      yield logs
      onProgress?.({ block: to, toBlock })
      from = to + 1n
      width *= 2n
    } catch (cause) {
      if (!isRangeError(cause)) throw cause
      if (to === from) throw new EventsUnavailableError({ cause, fromBlock: from, toBlock: to })
      width = (to - from + 1n) / 2n
    }
  }
}

function selectorOf(abi: Abi, eventName: string): Hex {
  return encodeEventTopics({ abi, eventName } as { abi: Abi; eventName: string })[0] as Hex
}

type Filter = {
  address: Address
  topics: readonly (Hex | readonly Hex[] | null)[]
  from: bigint
  to: bigint
}

async function requestLogs(client: Client, { address, from, to, topics }: Filter): Promise<Log[]> {
  const request = client.request as (args: { method: 'eth_getLogs'; params: unknown[] }) => Promise<RpcLog[]>
  const logs = await request({
    method: 'eth_getLogs',
    params: [{ address, topics, fromBlock: numberToHex(from), toBlock: numberToHex(to) }],
  })
  return logs.map((log) => formatLog(log))
}

/** Whether a smaller range may succeed: the node refused this one, or its answer was too large or too slow. */
function isRangeError(error: unknown): boolean {
  for (let next = error, depth = 0; next instanceof Error && depth < 16; next = next.cause, depth++) {
    const { code, status } = next as { code?: number; status?: number }
    if (next.name === 'ResponseBodyTooLargeError' || next.name === 'TimeoutError') return true
    if (status === 413 || status === 400) return true
    // Invalid params, invalid input, limit exceeded, and the range errors that nodes number on their own.
    if (code === -32602 || code === -32000 || code === -32005 || code === -32012 || code === -32600) return true
    if (code === -32603 && /range|limit|too many|response size|exceed/i.test(next.message)) return true
  }
  return false
}
