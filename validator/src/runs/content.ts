import { createHash } from 'node:crypto'
import type { FileLink } from '@datanets/modelfactory/recompute'
import { ContentMalformedError, type ContentStore, ContentTooLargeError } from '@datanets/sdk/storage'
import { digestToCid } from '@datanets/sdk/utils'
import type { CID } from 'multiformats/cid'
import type { Hex } from 'viem'
import { RunContentUnavailableError } from '../errors/runs.ts'

/** Bytes of a block of a run, and of its largest file. */
const MOST_BLOCK_BYTES = 2_000_000
const MOST_FILE_BYTES = 4_000_000_000
const TIMEOUT_MS = 300_000

/** A file is not what its link says. */
export class FileMismatch {
  readonly name: string
  readonly problem: string

  constructor(name: string, problem: string) {
    this.name = name
    this.problem = problem
  }
}

/** Reads a run's parts from IPFS. What cannot be fetched is an outage; what is fetched and wrong is a finding. */
export class RunContent {
  readonly #store: ContentStore

  constructor(store: ContentStore) {
    this.#store = store
  }

  /** The dag-json block an anchored digest names. @throws RunContentUnavailableError */
  block(what: string, digest: Hex): Promise<Uint8Array> {
    return this.link(what, digestToCid(digest, 'dag-json'))
  }

  link(what: string, cid: CID): Promise<Uint8Array> {
    return this.#store.get(cid, { maxBytes: MOST_BLOCK_BYTES, timeoutMs: TIMEOUT_MS }).catch((cause) => {
      throw new RunContentUnavailableError(what, cause)
    })
  }

  /** A file of the run, or how it differs from its link. @throws RunContentUnavailableError */
  async file({ cid, name, sha256, size }: FileLink): Promise<Uint8Array | FileMismatch> {
    if (size > MOST_FILE_BYTES) return new FileMismatch(name, `${size} bytes are more than ${MOST_FILE_BYTES}`)
    let bytes: Uint8Array
    try {
      bytes = await this.#store.get(cid, { maxBytes: Math.max(size, 1), timeoutMs: TIMEOUT_MS })
    } catch (cause) {
      // The bytes were there and are at fault: that is an answer.
      if (cause instanceof ContentTooLargeError)
        return new FileMismatch(name, `it has more than the ${size} bytes its link says`)
      if (cause instanceof ContentMalformedError) return new FileMismatch(name, 'its CID names no file')
      throw new RunContentUnavailableError(name, cause)
    }
    if (bytes.length !== size) return new FileMismatch(name, `it has ${bytes.length} bytes, its link says ${size}`)
    const actual = `0x${createHash('sha256').update(bytes).digest('hex')}`
    return actual === sha256 ? bytes : new FileMismatch(name, `its sha-256 is ${actual}, its link says ${sha256}`)
  }
}
