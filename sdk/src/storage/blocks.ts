import type { CID } from 'multiformats/cid'
import { StoreReadOnlyError } from '../errors/storage.ts'
import { cidOfBlock } from '../utils/cid.ts'
import { importFile } from '../utils/file.ts'
import { readContent, sizeOfContent, withDeadline } from './read.ts'
import type { BlockSource, ContentStore } from './types.ts'

/** Makes a {@link ContentStore} of anything that can give, and perhaps take, single blocks. */
export function createBlockStore(source: BlockSource): ContentStore {
  const { putBlock } = source
  return {
    async put(bytes, { codec, signal }) {
      if (!putBlock) throw new StoreReadOnlyError({ source: source.name, operation: 'put' })
      const put = (cid: CID, block: Uint8Array) => {
        signal?.throwIfAborted()
        return putBlock(cid, block, { signal })
      }
      if (codec === 'file') return importFile(bytes, put)
      const cid = cidOfBlock(bytes, codec)
      await put(cid, bytes)
      return cid
    },
    get: (cid, options) => readContent(source, cid, options),
    async pin(cid, options = {}) {
      if (!source.pin) throw new StoreReadOnlyError({ source: source.name, operation: 'pin' })
      await source.pin(cid, options)
    },
    async stat(cid, options = {}) {
      const size = await sizeOfContent(source, cid, options)
      const pinned = await withDeadline(
        source,
        cid,
        options,
        async (signal) => source.isPinned?.(cid, { signal }) ?? false,
      )
      return { size, pinned }
    },
    close: async () => source.close?.(),
  }
}
