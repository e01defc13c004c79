import { ContentTooLargeError, ContentUnavailableError } from '../errors/storage.ts'
import { concat } from '../utils/file.ts'
import { createBlockStore } from './blocks.ts'
import type { ContentStore } from './types.ts'

export type GatewayStoreParameters = {
  /** Where the gateway is, such as `https://gateway.example`. */
  url: string
  fetch?: typeof globalThis.fetch | undefined
}

/** Reads through a trustless gateway, block by block, so that it cannot pass off other bytes. It cannot be written to. */
export function createGatewayStore({ url, fetch = globalThis.fetch }: GatewayStoreParameters): ContentStore {
  const root = new URL(url)
  const name = `gateway ${root.host}`
  return createBlockStore({
    name,
    async getBlock(cid, { maxBytes, signal }) {
      // Redirects are not followed: a gateway names its content by path, and another host was not configured.
      const response = await fetch(new URL(`/ipfs/${cid}?format=raw`, root), {
        headers: { accept: 'application/vnd.ipld.raw' },
        redirect: 'error',
        signal,
      })
      if (!response.ok) {
        await response.body?.cancel()
        throw new ContentUnavailableError({
          cid: cid.toString(),
          source: name,
          reason: `it answered ${response.status}`,
        })
      }
      return readBody(response, cid.toString(), maxBytes)
    },
  })
}

async function readBody(response: Response, cid: string, maxBytes: number): Promise<Uint8Array> {
  if (!response.body) return new Uint8Array(await response.arrayBuffer())
  const reader = response.body.getReader()
  const parts: Uint8Array[] = []
  let bytes = 0
  while (true) {
    const { done, value } = await reader.read()
    if (done) return concat(parts)
    bytes += value.length
    if (bytes > maxBytes) {
      await reader.cancel()
      throw new ContentTooLargeError({ cid, maxBytes })
    }
    parts.push(value)
  }
}
