import { join } from 'node:path'
import * as dagJson from '@ipld/dag-json'
import type { CID } from 'multiformats/cid'
import { ContentUnavailableError, MissingPackageError, StoreRefusedError } from '../errors/storage.ts'
import { createBlockStore } from '../storage/blocks.ts'
import type { ContentStore } from '../storage/types.ts'
import { concat } from '../utils/file.ts'

export type HeliaStoreParameters = {
  /** Folder for blocks and pins; made when missing. One process at a time may pin. */
  dir: string
}

type Node = Awaited<ReturnType<typeof start>>

/**
 * An embedded IPFS node on disk. It answers from its own blocks only: put a gateway or Kubo behind it with
 * `createFallbackStore`, and `createGateway` before it to share them. Needs the packages `helia`, `blockstore-fs` and
 * `datastore-fs`.
 */
export function createHeliaStore({ dir }: HeliaStoreParameters): ContentStore {
  const name = 'the embedded node'
  let starting: Promise<Node> | undefined
  const node = () => {
    starting ??= start(dir)
    return starting
  }
  return createBlockStore({
    name,
    async getBlock(cid) {
      const { blocks } = await node()
      if (!(await blocks.has(cid)))
        throw new ContentUnavailableError({ cid: cid.toString(), source: name, reason: 'it is not there' })
      const parts: Uint8Array[] = []
      for await (const part of blocks.get(cid)) parts.push(part)
      return concat(parts)
    },
    async putBlock(cid, bytes) {
      const { blocks } = await node()
      await blocks.put(cid, bytes)
    },
    async pin(cid, { signal }) {
      const { blocks, helia } = await node()
      if (!(await blocks.has(cid)))
        throw new StoreRefusedError({ source: name, cid: cid.toString(), reason: 'it is not there' })
      if (await helia.pins.isPinned(cid)) return
      await addPin(helia, name, cid, signal)
    },
    async isPinned(cid) {
      return (await node()).helia.pins.isPinned(cid)
    },
    async close() {
      if (!starting) return
      const { blocks, data, helia } = await starting
      await helia.stop()
      await blocks.close()
      await data.close()
    },
  })
}

async function addPin(helia: Node['helia'], name: string, cid: CID, signal: AbortSignal | undefined): Promise<void> {
  try {
    for await (const _ of helia.pins.add(cid, signal ? { signal } : {})) signal?.throwIfAborted()
  } catch (cause) {
    signal?.throwIfAborted()
    throw new StoreRefusedError({
      source: name,
      cid: cid.toString(),
      reason: 'what it links to is not all there',
      cause,
    })
  }
}

async function start(dir: string) {
  const { createHeliaLight, FsBlockstore, FsDatastore } = await load()
  const blocks = new FsBlockstore(join(dir, 'blocks'))
  const data = new FsDatastore(join(dir, 'data'))
  await blocks.open()
  await data.open()
  const helia = createHeliaLight({
    blockstore: blocks,
    datastore: data,
    // Without it pins would not follow the links of manifest lists.
    codecs: [dagJson],
    blockBrokers: [],
    // An empty list of routers makes Helia wait for ever.
    routers: [{ name: 'none', async *findProviders() {} }],
  })
  await helia.start()
  return { helia, blocks, data }
}

async function load() {
  try {
    const [{ createHeliaLight }, { FsBlockstore }, { FsDatastore }] = await Promise.all([
      import('helia'),
      import('blockstore-fs'),
      import('datastore-fs'),
    ])
    return { createHeliaLight, FsBlockstore, FsDatastore }
  } catch (cause) {
    throw new MissingPackageError({
      packageName: 'helia blockstore-fs datastore-fs',
      feature: 'createHeliaStore',
      cause,
    })
  }
}
