import type { Hex } from 'viem'
import { RangeTooLargeError, RpcAnswerError } from '../errors.ts'
import { BloomTest } from './bloom.ts'
import type { Decoder, IndexedEvent } from './events.ts'
import type { Header, RawLog, Rpc } from './rpc.ts'

/** Events of a range of blocks, and the headers that were read with them: at least the last block's. */
export type Fetched = { from: number; to: number; events: IndexedEvent[]; headers: Header[]; logCount: number }

/** Logs one request aims at: small enough for one transaction, large enough that its cost does not count. */
const TARGET_LOGS = 10_000
const FIRST_RANGE = 100
const MAX_RANGE = 100_000

/** Reads ranges of blocks whose length follows how many logs the last ones had. */
export class Fetcher {
  readonly #rpc: Rpc
  readonly #decoder: Decoder
  readonly #bloom: BloomTest
  readonly #confirm: boolean
  #length = FIRST_RANGE

  /**
   * @param confirm - Asks for every range far from the head twice, in one piece and in two: for endpoints that may leave
   * logs out. Near the head that is always done, block by block.
   */
  constructor({ rpc, decoder, confirm = false }: { rpc: Rpc; decoder: Decoder; confirm?: boolean | undefined }) {
    this.#rpc = rpc
    this.#decoder = decoder
    this.#bloom = new BloomTest(decoder.addresses, decoder.topics)
    this.#confirm = confirm
  }

  /** After trouble: smaller ranges, so that fewer blocks have to be read again. */
  shrink(): void {
    this.#length = Math.max(1, this.#length >> 2)
  }

  /** Blocks that no reorganisation takes away any more, from `from` to at most `limit`. */
  async settledRange(from: number, limit: number): Promise<Fetched> {
    for (;;) {
      const to = Math.min(limit, from + this.#length - 1)
      try {
        const [logs, header] = await Promise.all([this.#completeLogs(from, to), this.#headerAt(to)])
        this.#adapt(logs.length, to - from + 1)
        return { from, to, events: await this.#decode(logs, [header]), headers: [header], logCount: logs.length }
      } catch (error) {
        if (!(error instanceof RangeTooLargeError) || to === from) throw error
        this.#length = Math.max(1, (to - from + 1) >> 1)
      }
    }
  }

  /** Blocks near the head: every header is read, and every log must belong to one of them. */
  async headRange(from: number, to: number): Promise<Fetched> {
    const [headers, logs] = await Promise.all([this.#rpc.headers(from, to), this.#rpc.logs(from, to)])
    const byHash = new Map(headers.map((header) => [header.hash, header]))
    const counts = new Map<Hex, number>()
    for (const { blockHash, blockNumber } of logs) {
      if (byHash.get(blockHash)?.number !== Number(blockNumber)) {
        throw new RpcAnswerError('eth_getLogs', `a log of block ${blockHash}, which is not in the chain`)
      }
      counts.set(blockHash, (counts.get(blockHash) ?? 0) + 1)
    }
    // A node may serve a block before it serves its logs. Asked for by hash it cannot mean another block.
    const suspects = headers.filter(({ hash, logsBloom }) => counts.has(hash) || this.#bloom.mayHold(logsBloom))
    await Promise.all(
      suspects.map(async ({ hash, number }) => {
        const found = counts.get(hash) ?? 0
        const { length } = await this.#rpc.logsOf(hash)
        if (length !== found) throw new RpcAnswerError('eth_getLogs', `${found} and ${length} logs of block ${number}`)
      }),
    )
    return { from, to, events: await this.#decode(logs, headers), headers, logCount: logs.length }
  }

  async #headerAt(number: number): Promise<Header> {
    const header = await this.#rpc.header(number)
    if (header === undefined) throw new RpcAnswerError('eth_getBlockByNumber', `no block ${number} below the head`)
    return header
  }

  /** Some endpoints cut an answer at a round number and say nothing: then both halves are asked for. */
  async #completeLogs(from: number, to: number): Promise<RawLog[]> {
    const logs = await this.#rpc.logs(from, to)
    if (this.#confirm) await this.#confirmLogs(logs, from, to)
    if (logs.length < 1000 || logs.length % 500 !== 0 || from === to) return logs
    const middle = (from + to) >> 1
    const halves = await Promise.all([this.#completeLogs(from, middle), this.#completeLogs(middle + 1, to)])
    return halves.flat()
  }

  async #confirmLogs(logs: RawLog[], from: number, to: number): Promise<void> {
    const middle = (from + to) >> 1
    const parts: [number, number][] =
      from === to
        ? [[from, to]]
        : [
            [from, middle],
            [middle + 1, to],
          ]
    const again = (await Promise.all(parts.map(([first, last]) => this.#rpc.logs(first, last)))).flat()
    const isSame =
      again.length === logs.length &&
      again.every(({ blockHash, logIndex }, i) => blockHash === logs[i]!.blockHash && logIndex === logs[i]!.logIndex)
    if (!isSame)
      throw new RpcAnswerError('eth_getLogs', `${logs.length} and ${again.length} logs of blocks ${from} to ${to}`)
  }

  async #decode(logs: RawLog[], headers: Header[]): Promise<IndexedEvent[]> {
    const times = new Map(headers.map(({ hash, timestamp }) => [hash, timestamp]))
    await this.#findTimes(logs, times)
    const events: IndexedEvent[] = []
    for (const log of logs) {
      const at = log.blockTimestamp === undefined ? times.get(log.blockHash)! : Number(log.blockTimestamp)
      const event = this.#decoder.decode(log, at)
      if (event !== undefined) events.push(event)
    }
    return events
  }

  /** Reads the headers of blocks whose logs came without their time. */
  async #findTimes(logs: RawLog[], times: Map<Hex, number>): Promise<void> {
    const wanted = new Map<Hex, number>()
    for (const { blockHash, blockNumber, blockTimestamp } of logs) {
      if (blockTimestamp === undefined && !times.has(blockHash)) wanted.set(blockHash, Number(blockNumber))
    }
    const entries = [...wanted]
    for (let i = 0; i < entries.length; i += 50) {
      const headers = await Promise.all(entries.slice(i, i + 50).map(([, number]) => this.#headerAt(number)))
      headers.forEach(({ hash, timestamp, number }, j) => {
        const expected = entries[i + j]![0]
        if (hash !== expected)
          throw new RpcAnswerError('eth_getBlockByNumber', `block ${number} is ${hash}, its logs say ${expected}`)
        times.set(hash, timestamp)
      })
    }
  }

  #adapt(logCount: number, length: number): void {
    const ideal = logCount === 0 ? length * 4 : Math.ceil((length * TARGET_LOGS) / logCount)
    this.#length = Math.max(1, Math.min(MAX_RANGE, length * 4, ideal))
  }
}
