import { setTimeout as sleep } from 'node:timers/promises'
import type { Hex } from 'viem'
import { ResponseBodyTooLargeError, RpcRequestError, TimeoutError } from 'viem'
import { RangeTooLargeError, RpcAnswerError, RpcUnreachableError } from '../errors.ts'

/** The one thing needed of an RPC client: viem's clients and transports have it. */
export type Requester = { request: (request: { method: string; params?: unknown }) => Promise<unknown> }

export type RawLog = {
  address: Hex
  topics: Hex[]
  data: Hex
  blockNumber: Hex
  blockHash: Hex
  /** Not every node gives it. */
  blockTimestamp?: Hex
  transactionHash: Hex
  logIndex: Hex
}

export type Header = { number: number; hash: Hex; parentHash: Hex; timestamp: number; logsBloom: Hex }

export type LogFilter = { addresses: readonly Hex[]; topics: readonly Hex[] }

const MAX_TRIES = 4
const FIRST_PAUSE_MS = 10

/** Asks an RPC endpoint and believes no answer that contradicts the question. */
export class Rpc {
  readonly #requester: Requester
  readonly #filter: LogFilter

  constructor(requester: Requester, filter: LogFilter) {
    this.#requester = requester
    this.#filter = filter
  }

  async chainId(): Promise<number> {
    return Number(await this.#ask('eth_chainId', []))
  }

  async latest(): Promise<Header> {
    const header = toHeader(await this.#ask('eth_getBlockByNumber', ['latest', false]))
    if (header === undefined) throw new RpcAnswerError('eth_getBlockByNumber', 'there is no latest block')
    return header
  }

  /** Undefined where the chain does not reach `number`. */
  async header(number: number): Promise<Header | undefined> {
    const header = toHeader(await this.#ask('eth_getBlockByNumber', [toHex(number), false]))
    if (header !== undefined && header.number !== number) {
      throw new RpcAnswerError('eth_getBlockByNumber', `block ${header.number} for block ${number}`)
    }
    return header
  }

  /** Headers of `from` to `to`, each the child of the one before. */
  async headers(from: number, to: number): Promise<Header[]> {
    const numbers = Array.from({ length: to - from + 1 }, (_, i) => from + i)
    const headers = await Promise.all(numbers.map((number) => this.header(number)))
    return headers.map((header, i) => {
      if (header === undefined) throw new RpcAnswerError('eth_getBlockByNumber', `no block ${from + i} below the head`)
      if (i > 0 && header.parentHash !== headers[i - 1]!.hash) {
        throw new RpcAnswerError('eth_getBlockByNumber', `block ${header.number} is no child of block ${from + i - 1}`)
      }
      return header
    })
  }

  /**
   * The contracts' logs of `from` to `to`, in order, each once.
   * @throws RangeTooLargeError when the endpoint or the transport refuses so many.
   */
  async logs(from: number, to: number): Promise<RawLog[]> {
    return this.#logs({ fromBlock: toHex(from), toBlock: toHex(to) }, (log) => {
      const block = Number(log.blockNumber)
      return block >= from && block <= to ? undefined : `a log of block ${block} for blocks ${from} to ${to}`
    })
  }

  /** The contracts' logs of one block, asked for by its hash. */
  async logsOf(hash: Hex): Promise<RawLog[]> {
    return this.#logs({ blockHash: hash }, (log) =>
      log.blockHash === hash ? undefined : `a log of block ${log.blockHash} for block ${hash}`,
    )
  }

  async call(to: Hex, data: Hex, block: number): Promise<Hex> {
    return (await this.#ask('eth_call', [{ to, data }, toHex(block)])) as Hex
  }

  async #logs(range: object, contradiction: (log: RawLog) => string | undefined): Promise<RawLog[]> {
    const { addresses, topics } = this.#filter
    const answer = await this.#ask('eth_getLogs', [{ address: addresses, topics: [topics], ...range }])
    if (!Array.isArray(answer)) throw new RpcAnswerError('eth_getLogs', 'not a list')
    for (const log of answer as (RawLog & { removed?: boolean })[]) {
      const wrong =
        log.removed === true ? 'a removed log' : log.blockNumber === null ? 'a pending log' : contradiction(log)
      if (wrong !== undefined) throw new RpcAnswerError('eth_getLogs', wrong)
    }
    return inOrder(answer as RawLog[])
  }

  /** Asks again a few times before anything else notices: most failures are over in a moment. */
  async #ask(method: string, params: unknown[]): Promise<unknown> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#requester.request({ method, params })
      } catch (cause) {
        if (method === 'eth_getLogs' && isTooLarge(cause)) throw new RangeTooLargeError({ cause })
        if (tries === MAX_TRIES) throw new RpcUnreachableError(method, { cause })
        await sleep(FIRST_PAUSE_MS * 2 ** tries)
      }
    }
  }
}

/** Sorted by place in the chain, exact repetitions left out. Logs are nearly always in order already. */
function inOrder(logs: RawLog[]): RawLog[] {
  let sorted = true
  for (let i = 1; i < logs.length && sorted; i++) sorted = compare(logs[i - 1]!, logs[i]!) < 0
  if (sorted) return logs
  const ordered = [...logs].sort(compare)
  return ordered.filter((log, i) => {
    const previous = ordered[i - 1]
    if (previous === undefined || compare(previous, log) !== 0) return true
    if (previous.transactionHash === log.transactionHash && previous.data === log.data) return false
    throw new RpcAnswerError('eth_getLogs', `two logs at ${Number(log.logIndex)} of block ${Number(log.blockNumber)}`)
  })
}

function compare(a: RawLog, b: RawLog): number {
  return Number(a.blockNumber) - Number(b.blockNumber) || Number(a.logIndex) - Number(b.logIndex)
}

/** Providers have no common code for it; they all say one of these words. */
function isTooLarge(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    // Too many requests, not too many logs.
    if ('status' in cause && cause.status === 429) return false
    if (cause instanceof ResponseBodyTooLargeError || cause instanceof TimeoutError) return true
    if (cause instanceof RpcRequestError && cause.code === -32005) return true
    const text = `${cause.message} ${'details' in cause ? cause.details : ''}`
    if (/limit|too (large|many|big|wide)|exceed|range|more than|timed? ?out/i.test(text)) return true
  }
  return false
}

function toHeader(answer: unknown): Header | undefined {
  if (answer === null || answer === undefined) return undefined
  const { number, hash, parentHash, timestamp, logsBloom } = answer as Record<string, Hex>
  if (!number || !hash || !parentHash || !timestamp)
    throw new RpcAnswerError('eth_getBlockByNumber', 'a block without hash')
  return { number: Number(number), hash, parentHash, timestamp: Number(timestamp), logsBloom: logsBloom ?? '0x' }
}

function toHex(number: number): Hex {
  return `0x${number.toString(16)}`
}
