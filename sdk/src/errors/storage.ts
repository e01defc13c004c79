import { BaseError } from './base.ts'

/** Nobody asked had the bytes, or nobody could be asked. An outage: it says nothing about the content. */
export class ContentUnavailableError extends BaseError {
  constructor({ cid, source, cause, reason }: { cid: string; source: string; cause?: unknown; reason?: string }) {
    super(`${cid} could not be fetched from ${source}${reason ? `: ${reason}` : ''}.`, {
      metaMessages: ['Try again later, or add another gateway or node that has it.'],
      name: 'ContentUnavailableError',
      cause,
    })
  }
}

/** The bytes did not come in time. An outage: it says nothing about the content. */
export class ContentTimeoutError extends BaseError {
  constructor({ cid, timeoutMs, source, cause }: { cid: string; timeoutMs: number; source: string; cause?: unknown }) {
    super(`${cid} did not come from ${source} within ${timeoutMs} ms.`, {
      metaMessages: ['Try again, raise timeoutMs, or add another gateway or node that has it.'],
      name: 'ContentTimeoutError',
      cause,
    })
  }
}

/** A source sent other bytes than its CID names. The fault of the source, not of the content. */
export class ContentMismatchError extends BaseError {
  constructor({ cid, source }: { cid: string; source: string }) {
    super(`${source} sent bytes that are not those of ${cid}.`, {
      metaMessages: ['Every block is checked against its hash; use another source.'],
      name: 'ContentMismatchError',
    })
  }
}

/** The content itself is larger than asked for. Verified, so a fact about the content. */
export class ContentTooLargeError extends BaseError {
  constructor({ cid, maxBytes, bytes }: { cid: string; maxBytes: number; bytes?: number | bigint }) {
    super(`${cid} has ${bytes === undefined ? 'more' : `${bytes} bytes, more`} than the ${maxBytes} bytes allowed.`, {
      metaMessages: ['Raise maxBytes where that much is expected.'],
      name: 'ContentTooLargeError',
    })
  }
}

/** The verified blocks are not a file or block that can be read. A fact about the content. */
export class ContentMalformedError extends BaseError {
  constructor({ cid, reason, cause }: { cid: string; reason: string; cause?: unknown }) {
    super(`${cid} cannot be read: ${reason}.`, {
      metaMessages: ['Content is a file (raw or dag-pb blocks of UnixFS) or one dag-json block, hashed with sha2-256.'],
      name: 'ContentMalformedError',
      cause,
    })
  }
}

/** The store can only be read. */
export class StoreReadOnlyError extends BaseError {
  constructor({ source, operation }: { source: string; operation: 'put' | 'pin' }) {
    super(`${source} cannot ${operation}: a gateway is only for reading.`, {
      metaMessages: ['Put a Kubo node or an embedded node first in createFallbackStore.'],
      name: 'StoreReadOnlyError',
    })
  }
}

/** The store took the bytes under another CID, or refused them. */
export class StoreRefusedError extends BaseError {
  constructor({ source, cid, reason, cause }: { source: string; cid: string; reason: string; cause?: unknown }) {
    super(`${source} did not store ${cid}: ${reason}.`, {
      metaMessages: ['Check that the node is running, reachable and has space; nothing was lost, so try again.'],
      name: 'StoreRefusedError',
      cause,
    })
  }
}

/** A peer dependency that only this part of the SDK needs is not installed. */
export class MissingPackageError extends BaseError {
  constructor({ packageName, feature, cause }: { packageName: string; feature: string; cause?: unknown }) {
    super(`${feature} needs the package ${packageName}, which is not installed.`, {
      metaMessages: [`Run: npm install ${packageName}`],
      name: 'MissingPackageError',
      cause,
    })
  }
}
