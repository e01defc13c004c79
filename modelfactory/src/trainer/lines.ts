/** Cuts a stream of bytes into lines; a line longer than `limit` characters is handed on in pieces of that size. */
export function lineSplitter(
  onLine: (line: string) => void,
  limit = 8_000_000,
): { push(chunk: Buffer): void; end(): void } {
  const decoder = new TextDecoder()
  let rest = ''
  const cut = () => {
    let start = 0
    for (let at = rest.indexOf('\n'); at >= 0; at = rest.indexOf('\n', start)) {
      onLine(rest.slice(start, at))
      start = at + 1
    }
    rest = rest.slice(start)
    if (rest.length > limit) {
      onLine(rest)
      rest = ''
    }
  }
  return {
    push(chunk) {
      rest += decoder.decode(chunk, { stream: true })
      cut()
    },
    end() {
      rest += decoder.decode()
      cut()
      if (rest !== '') onLine(rest)
      rest = ''
    },
  }
}

/** A JSON object, or undefined when the line is something else (a library's print). */
export function objectOf(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    return undefined
  }
}
