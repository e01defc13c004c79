import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

export type ListenOptions = {
  /** Interface; this machine only by default. */
  host?: string
  /** Port; any free one by default. */
  port?: number
}

export type Listener = { url: string; close: () => Promise<void> }

/** Serves an app. Slow senders are cut off; open streams are closed with the server. */
export function listen(app: Hono, { host = '127.0.0.1', port = 0 }: ListenOptions): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const server = serve(
      { fetch: app.fetch, hostname: host, port, serverOptions: { requestTimeout: 30_000, headersTimeout: 10_000 } },
      (info) => {
        const name = info.family === 'IPv6' ? `[${info.address}]` : info.address
        resolve({ url: `http://${name}:${info.port}`, close })
      },
    )
    server.once('error', reject)
    const close = () =>
      new Promise<void>((done) => {
        server.close(() => done())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
  })
}
