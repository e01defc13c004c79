import { type Abi, type AbiEvent, type AbiParameter, decodeEventLog, type Hex, toEventSelector } from 'viem'
import { RpcAnswerError } from '../errors.ts'
import type { RawLog } from './rpc.ts'

/** Where an event is. `at` is its block's time in seconds. */
export type Place = { block: number; logIndex: number; at: number; transactionHash: Hex }

export type IndexedEvent = { contract: string; name: string; args: Record<string, unknown>; place: Place }

type Decode = (log: RawLog) => Record<string, unknown>
type Entry = { contract: string; name: string; decode: Decode }

/** Turns logs of a set of contracts into events. Addresses come out in lower case. */
export class Decoder {
  readonly addresses: readonly Hex[]
  readonly topics: readonly Hex[]
  readonly #entries = new Map<string, Entry>()

  /** @param contracts - Only the events in `names` are asked for. */
  constructor(contracts: { contract: string; address: Hex; abi: Abi; names: readonly string[] }[]) {
    const topics = new Set<Hex>()
    for (const { contract, address, abi, names } of contracts) {
      for (const event of abi) {
        if (event.type !== 'event' || !names.includes(event.name)) continue
        const topic = toEventSelector(event)
        topics.add(topic)
        this.#entries.set(address.toLowerCase() + topic, { contract, name: event.name, decode: decoderOf(event) })
      }
    }
    this.addresses = contracts.map(({ address }) => address.toLowerCase() as Hex)
    this.topics = [...topics]
  }

  /** Undefined for a topic that another contract of the set shares. */
  decode(log: RawLog, at: number): IndexedEvent | undefined {
    const entry = this.#entries.get(log.address.toLowerCase() + log.topics[0])
    if (entry === undefined) return undefined
    const place = {
      block: Number(log.blockNumber),
      logIndex: Number(log.logIndex),
      at,
      transactionHash: log.transactionHash,
    }
    return { contract: entry.contract, name: entry.name, args: entry.decode(log), place }
  }
}

/** One word as a value; viem's general decoder is twenty times slower and serves for everything else. */
const words: Record<string, (word: string) => unknown> = {
  uint256: (word) => BigInt(`0x${word}`),
  bytes32: (word) => `0x${word}`,
  address: (word) => `0x${word.slice(24)}`,
  uint8: (word) => Number(`0x${word}`),
  bool: (word) => word.endsWith('1'),
}

function decoderOf(event: AbiEvent): Decode {
  const isPlain = event.inputs.every(({ type }) => type in words)
  return isPlain ? plainDecoder(event.inputs) : generalDecoder(event)
}

function plainDecoder(inputs: readonly (AbiParameter & { indexed?: boolean })[]): Decode {
  let topic = 1
  let offset = 2
  const readers = inputs.map(({ name, type, indexed }) => {
    const read = words[type]!
    const at = indexed ? topic++ : offset
    if (!indexed) offset += 64
    return { name: name!, read, indexed: indexed === true, at }
  })
  const topicCount = topic
  const dataLength = offset
  return ({ topics, data }) => {
    if (topics.length !== topicCount || data.length !== dataLength) {
      throw new RpcAnswerError(
        'eth_getLogs',
        `a log with ${topics.length} topics and ${data.length} characters of data`,
      )
    }
    const args: Record<string, unknown> = {}
    for (const { name, read, indexed, at } of readers) {
      args[name] = read(indexed ? topics[at]!.slice(2) : data.slice(at, at + 64))
    }
    return args
  }
}

function generalDecoder(event: AbiEvent): Decode {
  return ({ topics, data }) => {
    const { args } = decodeEventLog({ abi: [event], topics: topics as [Hex, ...Hex[]], data })
    return lowerAddresses(args as unknown as Record<string, unknown>)
  }
}

function lowerAddresses(args: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      typeof value === 'string' && value.length === 42 ? value.toLowerCase() : value,
    ]),
  )
}
