import type { CID } from 'multiformats/cid'
import type { Hex } from 'viem'
import type { Reader } from './reader.ts'

/** A file of a run on IPFS. */
export interface FileLink {
  name: string
  cid: CID
  /** sha-256 of the whole file, which large files' CIDs do not hold. */
  sha256: Hex
  size: number
}

export function readFileLink(reader: Reader): FileLink {
  return {
    name: reader.text('name', /^[\w.-]{1,100}$/),
    cid: reader.link('cid'),
    sha256: reader.digest('sha256'),
    size: reader.natural('size'),
  }
}

/** Sorted by name, so that equal files give an equal block. */
export function sortedLinks(links: readonly FileLink[]): FileLink[] {
  return [...links]
    .sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0))
    .map(({ name, cid, sha256, size }) => ({ name, cid, sha256, size }))
}
