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
      const block = blocks.get(cid.toString())
      if (!block) throw new ContentUnavailableError({ cid: cid.toString(), source: name, reason: 'it is not there' })
      return block
    },
    async putBlock(cid, bytes) {
      blocks.set(cid.toString(), bytes)
    },
    async pin(cid) {
      if (!blocks.has(cid.toString()))
        throw new ContentUnavailableError({ cid: cid.toString(), source: name, reason: 'it is not there' })
      pins.add(cid.toString())
    },
    isPinned: async (cid) => pins.has(cid.toString()),
  })
}
