import { exporter } from 'ipfs-unixfs-exporter'
import type { CID } from 'multiformats/cid'
import { BaseError } from '../errors/base.ts'
import {
  ContentMalformedError,
  ContentMismatchError,
  ContentTimeoutError,
  ContentTooLargeError,
  ContentUnavailableError,
} from '../errors/storage.ts'
import { codecOf, isBlockOf } from '../utils/cid.ts'
import { concat } from '../utils/file.ts'
import type { BlockSource, GetOptions } from './types.ts'

const defaultMaxBytes = 16 * 1024 * 1024
const defaultTimeoutMs = 30_000
/** Twice what IPFS nodes exchange: more is no block. */
const maxBlockBytes = 4 * 1024 * 1024

type Entry = { size: number; read: () => Promise<Uint8Array> }

/** Reads a file or block, checking every block against its hash and the whole against its limits. */
export async function readContent(source: BlockSource, cid: CID, options: GetOptions = {}): Promise<Uint8Array> {
  return withDeadline(source, cid, options, async (signal) => {
    const entry = await open(source, cid, signal, options.maxBytes ?? defaultMaxBytes)
    return entry.read()
  })
}

/** Bytes of the content, from its first block alone. */
export async function sizeOfContent(source: BlockSource, cid: CID, options: GetOptions = {}): Promise<number> {
  return withDeadline(source, cid, options, async (signal) => {
    const entry = await open(source, cid, signal, options.maxBytes ?? Number.MAX_SAFE_INTEGER)
    return entry.size
  })
}

async function open(source: BlockSource, cid: CID, signal: AbortSignal, maxBytes: number): Promise<Entry> {
  const codec = codecOf(cid)
  if (!codec) throw new ContentMalformedError({ cid: cid.toString(), reason: `its codec ${cid.code} is unknown` })
  const getBlock = verified(source, signal, maxBytes)
  if (codec !== 'dag-pb') {
    const block = await getBlock(cid)
    if (block.length > maxBytes) throw new ContentTooLargeError({ cid: cid.toString(), maxBytes, bytes: block.length })
    return { size: block.length, read: async () => block }
  }

  const entry = await exporter(
    cid,
    {
      async *get(child) {
        yield await getBlock(child)
      },
    },
    { signal },
  )
  if (entry.type !== 'file')
    throw new ContentMalformedError({ cid: cid.toString(), reason: `it is a ${entry.type}, not a file` })
  if (entry.size > maxBytes) throw new ContentTooLargeError({ cid: cid.toString(), maxBytes, bytes: entry.size })
  return {
    size: Number(entry.size),
    async read() {
      const parts: Uint8Array[] = []
      let bytes = 0
      for await (const part of entry.content({ signal, blockReadConcurrency: 4 })) {
        bytes += part.length
        if (bytes > maxBytes) throw new ContentTooLargeError({ cid: cid.toString(), maxBytes })
        parts.push(part)
      }
      return concat(parts)
    },
  }
}

/**
 * Blocks of `source` whose bytes are those their CID names. Their number and size are bounded too: a small file can be
 * made of any number of blocks.
 */
function verified(source: BlockSource, signal: AbortSignal, maxBytes: number): (cid: CID) => Promise<Uint8Array> {
  let blocksLeft = 1_024 + Math.ceil(maxBytes / 1_024)
  let bytesLeft = maxBytes * 1.1 + 2 * maxBlockBytes
  return async (cid) => {
    if (--blocksLeft < 0 || bytesLeft < 0) throw new ContentTooLargeError({ cid: cid.toString(), maxBytes })
    const block = await source.getBlock(cid, { signal, maxBytes: maxBlockBytes })
    if (!isBlockOf(cid, block)) throw new ContentMismatchError({ cid: cid.toString(), source: source.name })
    bytesLeft -= block.length
    return block
  }
}

/** Runs `read` until done, out of time, or aborted by the caller, and names what went wrong. */
export async function withDeadline<result>(
  source: { name: string },
  cid: CID,
  { signal, timeoutMs = defaultTimeoutMs }: GetOptions,
  read: (signal: AbortSignal) => Promise<result>,
): Promise<result> {
  const timeout = AbortSignal.timeout(timeoutMs)
  const merged = signal ? AbortSignal.any([signal, timeout]) : timeout
  let onAbort = () => {}
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(merged.reason)
    merged.addEventListener('abort', onAbort, { once: true })
  })
  aborted.catch(() => {})
  try {
    signal?.throwIfAborted()
    // A source that ignores its signal must not make the caller wait.
    return await Promise.race([read(merged), aborted])
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    if (timeout.aborted)
      throw new ContentTimeoutError({ cid: cid.toString(), timeoutMs, source: source.name, cause: error })
    throw namedError(source, cid, error)
  } finally {
    merged.removeEventListener('abort', onAbort)
  }
}

function namedError(source: { name: string }, cid: CID, error: unknown): BaseError {
  if (error instanceof BaseError) return error
  const inner = causes(error).find((cause) => cause instanceof BaseError)
  if (inner) return inner
  if (isDecodingError(error))
    return new ContentMalformedError({ cid: cid.toString(), reason: 'its blocks are no UnixFS file', cause: error })
  return new ContentUnavailableError({ cid: cid.toString(), source: source.name, cause: error })
}

function causes(error: unknown): unknown[] {
  const found: unknown[] = []
  for (let next = error; next instanceof Error && found.length < 16; next = next.cause) {
    found.push(next)
    if (next instanceof AggregateError) found.push(...next.errors)
  }
  return found
}

/** Errors the UnixFS and protobuf readers throw for verified bytes that make no sense. */
function isDecodingError(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    /^(NotUnixFSError|NoPropError|BadPathError|OverReadError|UnderReadError|InvalidParametersError|NotFoundError)$/.test(
      error.name,
    ) || /protobuf|CodeError|unixfs|UnixFS/i.test(`${error.name} ${error.message}`)
  )
}
