import type { Readable } from 'node:stream'
import yauzl from 'yauzl'
import { DecodeError, DecodeLimitError } from '../errors.ts'
import type { DecodeLimits } from '../limits.ts'

export interface ArchiveEntry {
  name: string
  data: Uint8Array
}

const NESTED = /\.(zip|docx|xlsx|pptx|jar|odt|gz|7z|rar|tar)$/i
const UNIX_SYMLINK = 0o120000
const UNIX_TYPE = 0o170000

/**
 * Expands a zip in memory. Names, links, encryption, nesting, entry count, sizes and ratio are checked before and while
 * inflating, so that what is returned is safe to hand to a less careful reader.
 * @throws DecodeError
 */
export async function readArchive(bytes: Uint8Array, limits: DecodeLimits): Promise<ArchiveEntry[]> {
  const zip = await open(bytes)
  try {
    if (zip.entryCount > limits.entries) throw new DecodeLimitError('archive entries', zip.entryCount, limits.entries)
    return await readEntries(zip, bytes.length, limits)
  } catch (cause) {
    if (cause instanceof DecodeError) throw cause
    throw new DecodeError('decode-failed', `The archive is damaged: ${(cause as Error).message}. Save it again.`, {
      cause,
    })
  } finally {
    zip.close()
  }
}

async function open(bytes: Uint8Array): Promise<yauzl.ZipFile> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return await new Promise((resolve, reject) => {
      const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: true }
      yauzl.fromBuffer(buffer, options, (error, zip) => (error ? reject(error) : resolve(zip)))
    })
  } catch (cause) {
    throw new DecodeError('decode-failed', `Not a readable archive: ${(cause as Error).message}. Save it again.`, {
      cause,
    })
  }
}

function readEntries(zip: yauzl.ZipFile, packedBytes: number, limits: DecodeLimits): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = []
  const names = new Set<string>()
  let expanded = 0
  let count = 0
  return new Promise((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', () => resolve(entries))
    zip.on('entry', (entry: yauzl.Entry) => {
      const next = async () => {
        if (++count > limits.entries) throw new DecodeLimitError('archive entries', count, limits.entries)
        refuseTricks(entry, names)
        if (!entry.fileName.endsWith('/')) {
          const room = roomFor(expanded, packedBytes, limits)
          const data = await inflate(zip, entry, room)
          expanded += data.length
          entries.push({ name: entry.fileName, data })
        }
        zip.readEntry()
      }
      next().catch(reject)
    })
    zip.readEntry()
  })
}

function refuseTricks(entry: yauzl.Entry, names: Set<string>): void {
  const name = entry.fileName
  const refuse = (what: string) => {
    throw new DecodeError(
      'decode-failed',
      `The archive entry ${JSON.stringify(name.slice(0, 80))} ${what}. Save it again.`,
    )
  }
  if (names.has(name)) refuse('appears twice')
  names.add(name)
  if (entry.isEncrypted()) refuse('is encrypted')
  if (NESTED.test(name)) refuse('is an archive inside an archive')
  if (((entry.externalFileAttributes >>> 16) & UNIX_TYPE) === UNIX_SYMLINK) refuse('is a link')
  if (name.split('/').includes('..') || name.startsWith('/') || name.includes('\0')) refuse('leaves its folder')
}

/** Small containers may expand to a megabyte whatever their ratio: an ordinary short docx does. */
function roomFor(expanded: number, packedBytes: number, limits: DecodeLimits): { bytes: number; limit: number } {
  const limit = Math.min(limits.expandedBytes, Math.max(1_000_000, packedBytes * limits.expansionRatio))
  return { bytes: limit - expanded, limit }
}

async function inflate(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  room: { bytes: number; limit: number },
): Promise<Buffer> {
  const tooMuch = () => new DecodeLimitError('bytes expanded from the archive', entry.uncompressedSize, room.limit)
  if (entry.uncompressedSize > room.bytes) throw tooMuch()
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)))
  })
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > room.bytes) {
      stream.destroy()
      throw tooMuch()
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
