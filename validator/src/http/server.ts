import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Answer {
  status: number
  /** Sent as JSON, or as it is when `contentType` is given. */
  body: unknown
  contentType?: string
}

/** Undefined when the path is not the route's. */
export type Route = (path: string, request: IncomingMessage) => Answer | undefined | Promise<Answer | undefined>

export interface HttpServer {
  /** `http://host:port`, with the port that was taken when 0 was asked for. */
  url: string
  close(): Promise<void>
}

/** A server of small GET answers. It takes no bodies, keeps no slow client for long and never shows an internal error. */
export async function startHttpServer({
  host,
  port,
  routes,
}: {
  host: string
  port: number
  routes: readonly Route[]
}): Promise<HttpServer> {
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 8_192 },
    (request, response) => {
      void handle(request, response, routes)
    },
  )
  server.maxConnections = 256
  await listen(server, host, port)
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function handle(request: IncomingMessage, response: ServerResponse, routes: readonly Route[]): Promise<void> {
  request.resume()
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return send(response, { status: 405, body: { error: 'GET only' } })
  const path = (request.url ?? '/').split('?', 1)[0]!
  try {
    for (const route of routes) {
      const answer = await route(path, request)
      if (answer) return send(response, answer)
    }
    send(response, { status: 404, body: { error: `nothing at ${path.slice(0, 80)}` } })
  } catch {
    send(response, { status: 500, body: { error: 'internal error' } })
  }
}

function send(response: ServerResponse, { status, body, contentType }: Answer): void {
  const text = contentType ? String(body) : `${JSON.stringify(body)}\n`
  response.writeHead(status, {
    'content-type': contentType ?? 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  response.end(text)
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
