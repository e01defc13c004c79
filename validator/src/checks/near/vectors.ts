/** Rows of 32-bit words in one growing block: no object a row. */
export class Vectors {
  readonly width: number
  #words: Uint32Array
  #length = 0

  constructor(width: number) {
    this.width = width
    this.#words = new Uint32Array(width * 1024)
  }

  push(row: Uint32Array): void {
    const at = this.#length++ * this.width
    if (at + this.width > this.#words.length) {
      const grown = new Uint32Array(Math.ceil((this.#words.length * 1.5) / this.width) * this.width)
      grown.set(this.#words)
      this.#words = grown
    }
    this.#words.set(row, at)
  }

  at(row: number): Uint32Array {
    return this.#words.subarray(row * this.width, (row + 1) * this.width)
  }

  get length(): number {
    return this.#length
  }

  /** All rows, one behind the other. */
  get words(): Uint32Array {
    return this.#words.subarray(0, this.#length * this.width)
  }

  get bytes(): number {
    return this.#words.byteLength
  }
}
