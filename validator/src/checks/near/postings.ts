/**
 * Hash from a 32-bit key to the values added under it, as chains in typed arrays: twelve bytes a posting, no objects.
 */
export class Postings {
  #heads = new Int32Array(1 << 12).fill(-1)
  #keys = new Uint32Array(1 << 12)
  #values = new Uint32Array(1 << 12)
  #next = new Int32Array(1 << 12)
  #length = 0

  add(key: number, value: number): void {
    if (this.#length === this.#keys.length) this.#grow()
    const entry = this.#length++
    this.#keys[entry] = key
    this.#values[entry] = value
    this.#link(entry)
  }

  /** Newest first, at most `most` of them. */
  each(key: number, visit: (value: number) => void, most = Number.POSITIVE_INFINITY): void {
    let left = most
    for (let entry = this.#heads[this.#bucketOf(key)]!; entry >= 0 && left > 0; entry = this.#next[entry]!) {
      if (this.#keys[entry] !== key >>> 0) continue
      visit(this.#values[entry]!)
      left--
    }
  }

  get bytes(): number {
    return this.#heads.byteLength + this.#keys.byteLength + this.#values.byteLength + this.#next.byteLength
  }

  #bucketOf(key: number): number {
    return Math.imul(key, 0x9e3779b1) >>> (32 - Math.log2(this.#heads.length))
  }

  #link(entry: number): void {
    const bucket = this.#bucketOf(this.#keys[entry]!)
    this.#next[entry] = this.#heads[bucket]!
    this.#heads[bucket] = entry
  }

  #grow(): void {
    const length = this.#keys.length * 2
    const grow = (words: Uint32Array) => {
      const grown = new Uint32Array(length)
      grown.set(words)
      return grown
    }
    this.#keys = grow(this.#keys)
    this.#values = grow(this.#values)
    this.#next = new Int32Array(length)
    this.#heads = new Int32Array(length / 2).fill(-1)
    for (let entry = 0; entry < this.#length; entry++) this.#link(entry)
  }
}
