/**
 * Makes files meant to hurt a validator: bombs, lies, loops, disguises, scripts. Nothing comes from outside.
 *   node scripts/make-hostile-corpus.ts [DIR]     writes them, by default to a fresh temporary folder, and prints where
 */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hostileAudio } from './hostile/audio.ts'
import type { HostileCase } from './hostile/case.ts'
import { hostileClaims } from './hostile/claims.ts'
import { hostileDocx } from './hostile/docx.ts'
import { hostileImages } from './hostile/image.ts'
import { hostilePdfs } from './hostile/pdf.ts'
import { hostileTexts } from './hostile/text.ts'

export type { HostileCase }

/** Every case with its bytes, its claims and the verdict it must get. */
export async function hostileCases(): Promise<HostileCase[]> {
  return [
    ...hostileTexts(),
    ...hostileDocx(),
    ...hostilePdfs(),
    ...(await hostileImages()),
    ...(await hostileAudio()),
    ...hostileClaims(),
  ]
}

/** Writes each case as `dir/format/name`; returns the cases with their paths. */
export async function makeHostileCorpus(dir: string): Promise<(HostileCase & { path: string })[]> {
  const cases = await hostileCases()
  return Promise.all(
    cases.map(async (each) => {
      const folder = join(dir, each.format)
      await mkdir(folder, { recursive: true })
      const path = join(folder, each.name)
      await writeFile(path, each.bytes)
      return { ...each, path }
    }),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dir = process.argv[2] ? resolve(process.argv[2]) : await mkdtemp(join(tmpdir(), 'hostile-'))
  const files = await makeHostileCorpus(dir)
  console.log(`${files.length} hostile files under ${dir}`)
}
