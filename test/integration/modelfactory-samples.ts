import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

/** The accepted text of these tests: md, txt, pdf and docx. */
export function sampleTexts(): { name: string; bytes: Uint8Array }[] {
  const folder = join(root, 'samples', 'good', 'text')
  return readdirSync(folder).map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }))
}
