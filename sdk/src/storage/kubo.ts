import type { CID } from 'multiformats/cid'
import { MissingPackageError, StoreRefusedError } from '../errors/storage.ts'
import { codecOf } from '../utils/cid.ts'
import { createBlockStore } from './blocks.ts'
import type { ContentStore } from './types.ts'

export type KuboStoreParameters = {
  /** The node's RPC address, such as `http://127.0.0.1:5001`. */
  url: string
  headers?: Record<string, string> | undefined
}

/** Uses a Kubo node through its RPC. Needs the package `kubo-rpc-client`. */
export function createKuboStore({ headers, url }: KuboStoreParameters): ContentStore {
  const name = `Kubo at ${new URL(url).host}`
  let connecting: ReturnType<typeof connect> | undefined
  const client = () => {
    connecting ??= connect({ url, headers })
    return connecting
  }
  return createBlockStore({
    name,
    async getBlock(cid, { signal }) {
      return (await client()).block.get(cid, { signal })
    },
    async putBlock(cid, bytes, { signal }) {
      const stored = await putBlock(await client(), name, cid, bytes, signal)
      if (stored.toString() !== cid.toString())
        throw new StoreRefusedError({ source: name, cid: cid.toString(), reason: `it stored ${stored} instead` })
    },
    async pin(cid, { signal }) {
      try {
        await (await client()).pin.add(cid, { recursive: true, ...(signal ? { signal } : {}) })
      } catch (cause) {
        throw new StoreRefusedError({ source: name, cid: cid.toString(), reason: 'pinning failed', cause })
      }
    },
    async isPinned(cid, { signal }) {
      try {
        for await (const pin of (await client()).pin.ls({ paths: cid, signal })) if (pin.cid.equals(cid)) return true
        return false
      } catch (error) {
        if (error instanceof Error && /is not pinned/.test(error.message)) return false
        throw error
      }
    },
  })
}

async function connect(options: KuboStoreParameters) {
  try {
    const { create } = await import('kubo-rpc-client')
    return create({ url: options.url, ...(options.headers ? { headers: options.headers } : {}) })
  } catch (cause) {
    throw new MissingPackageError({ packageName: 'kubo-rpc-client', feature: 'createKuboStore', cause })
  }
}

async function putBlock(
  client: Awaited<ReturnType<typeof connect>>,
  name: string,
  cid: CID,
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<CID> {
  // The client passes options it does not know on to the node; `cid-codec` is the name Kubo has given `format` since.
  const options = { 'cid-codec': codecOf(cid), mhtype: 'sha2-256', ...(signal ? { signal } : {}) }
  try {
    return await client.block.put(bytes, options)
  } catch (cause) {
    throw new StoreRefusedError({ source: name, cid: cid.toString(), reason: 'the node refused the block', cause })
  }
}
