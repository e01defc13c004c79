const SCRIPT = /<\s*script\b|javascript\s*:|<\?php|<\s*iframe\b|\bon(?:error|load|click|mouseover)\s*=\s*["'`]?[\w(]/i
const LOOKED_AT = 1_000_000

/** The first piece of script in the given metadata, quoted short, or undefined. */
export function scriptIn(blobs: readonly (Uint8Array | undefined)[]): string | undefined {
  for (const blob of blobs) {
    if (!blob) continue
    // latin1 keeps one character a byte; dropping NUL reads UTF-16 too.
    const text = Buffer.from(blob.subarray(0, LOOKED_AT)).toString('latin1').replaceAll('\0', '')
    const found = SCRIPT.exec(text)
    if (found) return JSON.stringify(text.slice(found.index, found.index + 40))
  }
  return undefined
}
