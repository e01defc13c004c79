import { bytesToHex } from 'viem'

/** A file of this machine, named by its path within what was dropped. Its bytes are read once. */
export type LocalFile = {
  name: string
  size: number
  bytes: Uint8Array
  /** sha-256 of its bytes, in hex: tells files apart. */
  hash: string
}

/** A file that the browser could not read. */
export type UnreadableFile = { name: string; reason: string }

/** A file that was chosen and not read yet. */
export type NamedFile = { name: string; file: File }

const isHidden = (path: string): boolean => path.split('/').some((part) => part.startsWith('.'))

/** The files of a drop, folders included. Hidden files are passed over, as everywhere. */
export async function filesOfDrop(data: DataTransfer): Promise<NamedFile[]> {
  // Entries have to be taken at once: the list is emptied when the event ends.
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const found = await Promise.all(entries.map(filesOfEntry))
  return found.flat().filter(({ name }) => !isHidden(name))
}

export function filesOfInput(list: FileList): NamedFile[] {
  return [...list]
    .map((file) => ({ name: file.webkitRelativePath || file.name, file }))
    .filter(({ name }) => !isHidden(name))
}

async function filesOfEntry(entry: FileSystemEntry): Promise<NamedFile[]> {
  const name = entry.fullPath.replace(/^\//, '')
  if (isHidden(name)) return []
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
    return [{ name, file }]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const below: FileSystemEntry[] = []
  for (;;) {
    // A reader gives a hundred entries at a time, and none when it is done.
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (part.length === 0) break
    below.push(...part)
  }
  return (await Promise.all(below.map(filesOfEntry))).flat()
}

/** Reads and hashes a file. A file larger than any day's limit is only measured. */
export async function readFile({ name, file }: NamedFile, maxBytes: number): Promise<LocalFile | UnreadableFile> {
  if (file.size > maxBytes) return { name, size: file.size, bytes: new Uint8Array(), hash: `${name} ${file.size}` }
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    return { name, size: bytes.length, bytes, hash: bytesToHex(digest) }
  } catch (error) {
    return { name, reason: error instanceof Error ? error.message : String(error) }
  }
}
