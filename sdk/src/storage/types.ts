import type { CID } from 'multiformats/cid'

/** How bytes become blocks: a file is cut as `ipfs add` does, the others are one block each. */
export type PutCodec = 'file' | 'dag-json' | 'raw'

export type GetOptions = {
  /** Most bytes of content to take; 16 MiB by default. */
  maxBytes?: number | undefined
  /** Milliseconds for all of it; 30,000 by default. */
  timeoutMs?: number | undefined
  signal?: AbortSignal | undefined
}

export type ContentStat = {
  /** Bytes of the content. */
  size: number
  pinned: boolean
}

/**
 * Where content lives. Whatever the implementation, {@link ContentStore.get} returns bytes that were checked block by
 * block against their CID.
 *
 * `get` and `stat` throw `ContentUnavailableError`, `ContentTimeoutError` or `ContentMismatchError` when the source
 * failed, and `ContentTooLargeError` or `ContentMalformedError` when the content itself is at fault.
 */
export type ContentStore = {
  put: (bytes: Uint8Array, options: { codec: PutCodec; signal?: AbortSignal | undefined }) => Promise<CID>
  get: (cid: CID, options?: GetOptions) => Promise<Uint8Array>
  /** Keeps the content and all it links to. */
  pin: (cid: CID, options?: { signal?: AbortSignal | undefined }) => Promise<void>
  stat: (cid: CID, options?: GetOptions) => Promise<ContentStat>
  close: () => Promise<void>
}

/** One block at a time, not yet checked. What an implementation brings; {@link createBlockStore} does the rest. */
export type BlockSource = {
  /** Names the source in errors. */
  name: string
  getBlock: (cid: CID, options: { signal: AbortSignal; maxBytes: number }) => Promise<Uint8Array>
  putBlock?: (cid: CID, bytes: Uint8Array, options: { signal?: AbortSignal | undefined }) => Promise<void>
  pin?: (cid: CID, options: { signal?: AbortSignal | undefined }) => Promise<void>
  isPinned?: (cid: CID, options: { signal: AbortSignal }) => Promise<boolean>
  close?: () => Promise<void>
}
