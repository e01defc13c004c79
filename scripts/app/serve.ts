import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import type { Stack } from '../stack/stack.ts'
import { APP_DIST, buildApp } from './build.ts'
import { securityHeaders } from './headers.ts'
import { uploadRoutes } from './upload.ts'

type ServeAppOptions = {
  stack: Pick<Stack, 'chain' | 'deployment' | 'store' | 'gatewayUrl' | 'datanets'>
  /** Preferred port; another one is used where it is taken, and for 0. */
  port: number
}

export type ServedApp = { url: string; close: () => Promise<void> }

/** Builds the app where its last build is out of date, and serves it on loopback for a local stack. */
export async function serveApp({ stack, port }: ServeAppOptions): Promise<ServedApp> {
  await buildApp()
  const server = createAdaptorServer({ fetch: appOf(stack).fetch }) as Server
  await listen(server, port)
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${taken}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The routes of the app: its files, its configuration and the way into the store. */
function appOf({ chain, deployment, store, gatewayUrl, datanets }: ServeAppOptions['stack']): Hono {
  const headers = securityHeaders({ rpcUrl: chain.url, gatewayUrl })
  const config = {
    deployment,
    chainName: 'the local chain',
    rpcUrl: chain.url,
    gatewayUrl,
    uploadPath: '/upload',
    titles: Object.fromEntries(datanets.map(({ datanetId, title }) => [datanetId.toString(), title])),
  }
  const app = new Hono()
  app.use(async (context, next) => {
    const { host } = new URL(context.req.url)
    const { hostname } = new URL(`http://${context.req.header('host') ?? host}`)
    // A page elsewhere can make its own name point here; its requests still carry that name.
    if (hostname !== '127.0.0.1' && hostname !== 'localhost') return context.text('Only for this machine.', 403)
    const origin = context.req.header('origin')
    if (origin !== undefined && new URL(origin).host !== context.req.header('host'))
      return context.text(`Not for pages of ${origin}.`, 403)
    await next()
    for (const [name, value] of Object.entries(headers)) context.header(name, value)
  })
  app.route('/upload', uploadRoutes(store))
  app.get('/config.json', (context) => context.json(config, 200, { 'cache-control': 'no-store' }))
  app.get('/assets/*', serveStatic({ root: APP_DIST }))
  app.get('/icon.svg', serveStatic({ root: APP_DIST }))
  app.all('/upload/*', (context) => context.notFound())
  app.get('/assets/*', (context) => context.notFound())
  // Every other address is a page, which the app itself tells apart.
  app.get('*', serveStatic({ root: APP_DIST, rewriteRequestPath: () => '/index.html' }))
  return app
}

async function listen(server: Server, port: number): Promise<void> {
  const attempt = (at: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(at, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  try {
    await attempt(port)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    await attempt(0)
  }
}
