/**
 * Makes the sample files, good and bad, the same bytes each time.
 *   node scripts/make-samples.ts          rewrites samples/good and the small files of samples/bad
 *   node scripts/make-samples.ts DIR      makes everything under DIR, the over-sized file too
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { badSamples, OVERSIZED } from './samples/bad-samples.ts'
import { goodSamples } from './samples/good-samples.ts'

/** The committed samples: `good/{text,image,audio}` and `bad`. */
export const SAMPLES_DIR = fileURLToPath(new URL('../samples', import.meta.url))

/** Writes the good files of all twelve formats under `dir/{text,image,audio}`; returns their paths. */
export async function makeSamples(dir: string): Promise<string[]> {
  return write(dir, await goodSamples())
}

/** Writes one file for each way to be rejected under `dir`, the one over the cap included; returns their paths. */
export async function makeBadSamples(dir: string): Promise<string[]> {
  return write(dir, await badSamples())
}

async function write(dir: string, files: ReadonlyMap<string, Uint8Array>): Promise<string[]> {
  const paths: string[] = []
  for (const [name, bytes] of files) {
    const path = join(dir, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, bytes)
    paths.push(path)
  }
  return paths
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = resolve(process.argv[2] ?? SAMPLES_DIR)
  const good = await makeSamples(join(target, 'good'))
  const bad = await makeBadSamples(join(target, 'bad'))
  // Too large to keep in the repository: whoever needs it makes it.
  if (target === SAMPLES_DIR) await rm(join(target, 'bad', OVERSIZED))
  console.log(`${good.length} good and ${bad.length} bad samples under ${target}`)
}
