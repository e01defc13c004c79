/** Says what long work is doing: one line that rewrites itself on a terminal, nothing where it would be noise. */
export class Progress {
  readonly #stream: NodeJS.WriteStream
  readonly #isShown: boolean
  #isOpen = false

  constructor(stream: NodeJS.WriteStream, { quiet }: { quiet: boolean }) {
    this.#stream = stream
    this.#isShown = !quiet && stream.isTTY === true
  }

  say(text: string): void {
    if (!this.#isShown) return
    this.#stream.write(`\r\u001b[2K${text}`)
    this.#isOpen = true
  }

  end(): void {
    if (this.#isOpen) this.#stream.write('\r\u001b[2K')
    this.#isOpen = false
  }
}
