/** JSON for programs: amounts as decimal text, CIDs and other classes by their own text form. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) => (typeof field === 'bigint' ? field.toString() : field), 2)
}

/** Columns as wide as their longest cell; numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number | bigint)[])[]): string {
  if (rows.length === 0) return '(none)'
  const texts = rows.map((row) => row.map(String))
  const widths = head.map((title, at) => Math.max(title.length, ...texts.map((row) => (row[at] ?? '').length)))
  const numeric = head.map((_, at) => rows.every((row) => typeof row[at] === 'number' || typeof row[at] === 'bigint'))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (numeric[at] ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
      .join('  ')
      .trimEnd()
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...texts.map(line)].join('\n')
}

/** `name: value` lines with the values under each other. */
export function fields(entries: readonly (readonly [string, unknown])[]): string {
  const width = Math.max(...entries.map(([name]) => name.length))
  return entries.map(([name, value]) => `${`${name}:`.padEnd(width + 2)}${String(value)}`).join('\n')
}

/** Control characters of others' texts do not reach the terminal. */
export function safeText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ')
}
