import { lstat, readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Format } from '../types/protocol.ts'
import { formatOfName } from '../utils/formats.ts'
import type { SubmissionFile } from '../utils/submission.ts'

/** A file on disk, its bytes not read yet. */
export type FolderFile = {
  /** Path from the folder, with forward slashes. */
  name: string
  path: string
  size: number
  /** By its extension; undefined where Datanets take none such. */
  format: Format | undefined
}

/**
 * Lists the files of a folder and its subfolders in a fixed order. Hidden files are passed over; links are not followed,
 * so that nothing outside the folder is submitted.
 */
export async function listFolder(dir: string): Promise<FolderFile[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const files: FolderFile[] = []
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    const name = relative(dir, path).split(sep).join('/')
    if (!entry.isFile() || name.split('/').some((part) => part.startsWith('.'))) continue
    files.push({ name, path, size: (await lstat(path)).size, format: formatOfName(name) })
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Reads listed files, ready to be submitted. */
export async function readFiles(files: readonly Pick<FolderFile, 'name' | 'path'>[]): Promise<SubmissionFile[]> {
  return Promise.all(files.map(async ({ name, path }) => ({ name, bytes: new Uint8Array(await readFile(path)) })))
}
