import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ContentStore } from '@datanets/sdk/storage'
import { CID } from 'multiformats/cid'

/** Reads through a gateway, writes by POST to the test's process, which has the blocks. */
export function createParentStore(gateway: ContentStore, putUrl: string): ContentStore {
  return {
    ...gateway,
    async put(bytes, { codec }) {
      const response = await fetch(`${putUrl}/${codec}`, { method: 'POST', body: new Uint8Array(bytes) })
      return CID.parse(await response.text())
    },
    pin: async () => undefined,
  }
}

/** The other end of {@link createParentStore}. */
export async function servePuts(store: ContentStore): Promise<{ url: string; close: () => void }> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const codec = request.url!.slice(1) as 'file' | 'dag-json' | 'raw'
    response.end(String(await store.put(new Uint8Array(Buffer.concat(chunks)), { codec })))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
