import { BaseError } from '@datanets/sdk'
import { type ContentStore, createBlockStore, createGatewayStore } from '@datanets/sdk/storage'
import type { AppConfig } from './config.ts'

/** The server did not take a block or a pin. */
export class UploadRefusedError extends BaseError {
  constructor({ what, status, reason }: { what: string; status: number; reason: string }) {
    super(`The server did not take ${what}: it answered ${status}.`, {
      name: 'UploadRefusedError',
      metaMessages: [
        ...(reason ? [reason] : []),
        'Nothing is lost: your files are kept in this browser and published on the next try.',
      ],
    })
  }
}

/** Content for the browser: read from the gateway and checked block by block, written through the app's own server. */
export function createAppStore({ gatewayUrl, uploadPath }: Pick<AppConfig, 'gatewayUrl' | 'uploadPath'>): ContentStore {
  const gateway = createGatewayStore({ url: gatewayUrl })
  const writer = createBlockStore({
    name: 'the upload endpoint',
    getBlock: (cid, { signal }) => gateway.get(cid, { signal }),
    putBlock: (cid, bytes, { signal }) =>
      send(`${uploadPath}/blocks/${cid}`, { method: 'PUT', body: bytes as BodyInit, signal: signal ?? null }),
    pin: (cid, { signal } = {}) => send(`${uploadPath}/pins/${cid}`, { method: 'POST', signal: signal ?? null }),
  })
  return { ...gateway, put: writer.put, pin: writer.pin }
}

async function send(path: string, request: RequestInit): Promise<void> {
  const response = await fetch(path, request)
  if (response.ok) return
  const what = `${request.method === 'PUT' ? 'a block' : 'a pin'} (${path.slice(path.lastIndexOf('/') + 1)})`
  throw new UploadRefusedError({ what, status: response.status, reason: (await response.text()).slice(0, 300) })
}
