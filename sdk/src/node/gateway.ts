import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CID } from 'multiformats/cid'
import type { ContentStore } from '../storage/types.ts'
import { codecs } from '../utils/cid.ts'

export type GatewayParameters = {
  store: ContentStore
  /** 0 for any. */
  port?: number | undefined
  /** Loopback by default. */
  host?: string | undefined
}

export type Gateway = { url: string; close: () => Promise<void> }

/** Most milliseconds to look for a block. */
const timeoutMs = 10_000

/**
 * Serves the blocks of a store as a trustless gateway, so that other processes and browsers can read them and check
 * each against its hash. Only `GET /ipfs/<cid>?format=raw`; nothing can be written through it.
 */
export async function createGateway({ host = '127.0.0.1', port = 0, store }: GatewayParameters): Promise<Gateway> {
  const server = createServer((request, response) => {
    answer(store, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function answer(store: ContentStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-allow-headers', 'accept')
  if (request.method === 'OPTIONS') return end(response, 204)
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405, 'Only GET.')
  const url = new URL(request.url ?? '/', 'http://gateway')
  const match = /^\/ipfs\/([a-zA-Z0-9]{1,128})$/.exec(url.pathname)
  const raw = url.searchParams.get('format') === 'raw' || request.headers.accept?.includes('application/vnd.ipld.raw')
  if (!match || !raw) return end(response, 400, 'Ask for one block: /ipfs/<cid>?format=raw.')
  let cid: CID
  try {
    cid = CID.parse(match[1]!)
  } catch {
    return end(response, 400, 'Not a CID.')
  }

  let block: Uint8Array
  try {
    // The block alone: read as raw, so that a file's first block is not taken for the file.
    block = await store.get(CID.createV1(codecs.raw, cid.multihash), { timeoutMs })
  } catch {
    return end(response, 404, 'Not here.')
  }
  response.setHeader('content-type', 'application/vnd.ipld.raw')
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('cache-control', 'public, max-age=29030400, immutable')
  response.setHeader('etag', `"${cid}.raw"`)
  response.setHeader('content-length', block.length)
  response.end(request.method === 'HEAD' ? undefined : block)
}

function end(response: ServerResponse, status: number, text?: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text)
}
