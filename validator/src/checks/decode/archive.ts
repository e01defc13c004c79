import { crc32, inflateRawSync } from 'node:zlib'
import yauzl from 'yauzl'
import { DecodeError, DecodeLimitError } from '../errors.ts'
import type { DecodeLimits } from '../limits.ts'

export interface ArchiveEntry {
  name: string
  data: Uint8Array
}

const NESTED = /\.(zip|docx|xlsx|pptx|jar|odt|gz|7z|rar|tar)$/i
const STORED = 0
const DEFLATED = 8
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
    return await readEntries(zip, bytes, limits)
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

function readEntries(zip: yauzl.ZipFile, bytes: Uint8Array, limits: DecodeLimits): Promise<ArchiveEntry[]> {
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
          const room = roomFor(expanded, bytes.length, limits)
          const data = await expand(zip, bytes, entry, room)
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

async function expand(
  zip: yauzl.ZipFile,
  bytes: Uint8Array,
  entry: yauzl.Entry,
  room: { bytes: number; limit: number },
): Promise<Uint8Array> {
  const total = room.limit - room.bytes + entry.uncompressedSize
  const damaged = (what: string) => {
    const name = JSON.stringify(entry.fileName.slice(0, 80))
    return new DecodeError('decode-failed', `The archive entry ${name} ${what}. Save it again.`)
  }
  if (entry.uncompressedSize > room.bytes)
    throw new DecodeLimitError('bytes expanded from the archive', total, room.limit)
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
  const packed = bytes.subarray(fileDataStart, fileDataStart + entry.compressedSize)
  if (packed.length !== entry.compressedSize) throw damaged('is cut short')
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
    throw damaged('is packed in an unknown way')
  // One byte more than promised is enough to catch a promise that was too small.
  const maxOutputLength = entry.uncompressedSize + 1
  const data = entry.compressionMethod === STORED ? packed : inflateRawSync(packed, { maxOutputLength })
  if (data.length !== entry.uncompressedSize) throw damaged('has another size than promised')
  if (crc32(data) !== entry.crc32) throw damaged('does not match its checksum')
  return data
}
