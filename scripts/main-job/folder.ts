import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Format, Modality } from '@datanets/sdk'
import { formatOfName, formatsWord, modalityOf } from '@datanets/sdk/utils'

/** A file of a folder that some Datanet can take. */
export type FolderFile = { path: string; name: string; format: Format; modality: Modality; bytes: Uint8Array }

/** A file that no Datanet takes, and why. */
export type IgnoredFile = { path: string; reason: string }

/** Reads every file below `folder`, sorted by path. Hidden files are passed over; nothing else is left out silently. */
export async function readFolder(folder: string): Promise<{ files: FolderFile[]; ignored: IgnoredFile[] }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const files: FolderFile[] = []
  const ignored: IgnoredFile[] = []
  for (const path of paths) {
    const format = formatOfName(path)
    if (format === undefined) {
      ignored.push({ path, reason: 'not a format that any Datanet takes' })
      continue
    }
    const bytes = new Uint8Array(await readFile(path))
    if (bytes.length === 0) {
      ignored.push({ path, reason: 'empty: a file has at least one byte' })
      continue
    }
    files.push({ path, name: basename(path), format, modality: modalityOf(formatsWord([format])), bytes })
  }
  return { files, ignored }
}
