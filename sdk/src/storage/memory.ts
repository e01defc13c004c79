import type { CID } from 'multiformats/cid'
import { bytesToHex } from 'viem'
import { ContentUnavailableError } from '../errors/storage.ts'
import { createBlockStore } from './blocks.ts'
import type { ContentStore } from './types.ts'

/** Keeps blocks in this process: for tests and for packing without a node. */
export function createMemoryStore(): ContentStore {
  const blocks = new Map<string, Uint8Array>()
  const pins = new Set<string>()
  const name = 'the memory store'
  return createBlockStore({
    name,
    async getBlock(cid) {
      const block = blocks.get(keyOf(cid))
      if (!block) throw new ContentUnavailableError({ cid: cid.toString(), source: name, reason: 'it is not there' })
      return block
    },
    async putBlock(cid, bytes) {
      blocks.set(keyOf(cid), bytes)
    },
    async pin(cid) {
      if (!blocks.has(keyOf(cid)))
        throw new ContentUnavailableError({ cid: cid.toString(), source: name, reason: 'it is not there' })
      pins.add(keyOf(cid))
    },
    isPinned: async (cid) => pins.has(keyOf(cid)),
  })
}

/** A block is its hash: the codec only says how to read it. */
function keyOf(cid: CID): string {
  return bytesToHex(cid.multihash.bytes)
}
