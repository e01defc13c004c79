import * as dagJson from '@ipld/dag-json'
import { CID } from 'multiformats/cid'
import { type Address, type Hex, isAddress } from 'viem'
import { RunBlockInvalidError } from '../errors/formats.ts'

/** Reads the fields of a decoded dag-json map, each checked; names the first one that is wrong. */
export class Reader {
  readonly #block: string
  readonly #path: string
  readonly #map: Record<string, unknown>

  constructor(block: string, value: unknown, path = '') {
    this.#block = block
    this.#path = path
    if (typeof value !== 'object' || value === null || Array.isArray(value) || CID.asCID(value)) {
      throw this.#wrong('', 'is not a map')
    }
    this.#map = value as Record<string, unknown>
  }

  static decode(block: string, bytes: Uint8Array, type: string): Reader {
    let value: unknown
    try {
      value = dagJson.decode(bytes)
    } catch (cause) {
      throw new RunBlockInvalidError(block, 'it is not dag-json', cause)
    }
    const reader = new Reader(block, value)
    if (reader.text('type') !== type) throw reader.#wrong('type', `is not ${type}`)
    return reader
  }

  text(name: string, pattern = /^[\s\S]{0,4096}$/): string {
    const value = this.#map[name]
    if (typeof value !== 'string' || !pattern.test(value))
      throw this.#wrong(name, `is not a text like ${pattern.source}`)
    return value
  }

  digest(name: string): Hex {
    return this.text(name, /^0x[0-9a-f]{64}$/) as Hex
  }

  address(name: string): Address {
    const value = this.text(name, /^0x[0-9a-f]{40}$/)
    if (!isAddress(value)) throw this.#wrong(name, 'is not an address')
    return value
  }

  natural(name: string): number {
    const value = this.#map[name]
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
      throw this.#wrong(name, 'is not a whole number')
    }
    return value
  }

  flag(name: string): boolean {
    const value = this.#map[name]
    if (typeof value !== 'boolean') throw this.#wrong(name, 'is neither true nor false')
    return value
  }

  link(name: string): CID {
    const value = CID.asCID(this.#map[name])
    if (value?.version !== 1 || value.multihash.code !== 0x12) throw this.#wrong(name, 'is not a CIDv1 with sha2-256')
    return value
  }

  links(name: string): CID[] {
    return this.#list(name).map((item, index) =>
      new Reader(this.#block, { link: item }, `${name}[${index}].`).link('link'),
    )
  }

  maps(name: string): Reader[] {
    return this.#list(name).map((item, index) => new Reader(this.#block, item, `${name}[${index}].`))
  }

  has(name: string): boolean {
    return this.#map[name] !== undefined
  }

  #list(name: string): unknown[] {
    const value = this.#map[name]
    if (!Array.isArray(value)) throw this.#wrong(name, 'is not a list')
    return value
  }

  #wrong(name: string, problem: string): RunBlockInvalidError {
    return new RunBlockInvalidError(this.#block, `${this.#path}${name || 'it'} ${problem}`)
  }
}
