import type { CID } from 'multiformats/cid'
import { cidOfBlock } from './cid.ts'

/** Kubo's `unixfs-v1-2025` profile: chunks of 1 MiB, raw leaves, CIDv1. The same bytes have one CID everywhere. */
const profile = 'unixfs-v1-2025'

/** A file of one chunk is its one raw block. */
const chunkBytes = 1024 * 1024

/**
 * Cuts a file into blocks as `ipfs add` does with the profile `unixfs-v1-2025`, and hands each to `put`.
 *
 * @returns The CID of the whole.
 */
export async function importFile(
  bytes: Uint8Array,
  put: (cid: CID, block: Uint8Array) => void | Promise<void>,
): Promise<CID> {
  if (bytes.length > 0 && bytes.length <= chunkBytes) {
    const cid = cidOfBlock(bytes, 'raw')
    await put(cid, bytes)
    return cid
  }
  // Loaded only for files of several blocks: it is half as large as all the rest of this package.
  const { importBytes } = await import('ipfs-unixfs-importer')
  const { cid } = await importBytes(
    bytes,
    {
      async put(cid, block) {
        await put(cid, await collect(block))
        return cid
      },
    },
    { profile },
  )
  return cid
}

/** The CID of a file, without keeping its blocks. */
export async function cidOfFile(bytes: Uint8Array): Promise<CID> {
  return importFile(bytes, () => {})
}

async function collect(block: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (block instanceof Uint8Array) return block
  const parts: Uint8Array[] = []
  for await (const part of block) parts.push(part)
  return concat(parts)
}

/** Joins byte arrays. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}
