import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** A file of a folder, named by its path within it. */
export type FolderFile = { name: string; size: number; bytes: Uint8Array }

/** Reads every file below `folder`, sorted by path. Hidden files are passed over; nothing else is left out. */
export async function readFolder(folder: string): Promise<FolderFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  return Promise.all(
    paths.map(async (path) => {
      const bytes = new Uint8Array(await readFile(path))
      return { name: relative(folder, path), size: bytes.length, bytes }
    }),
  )
}
