import type { MiddlewareHandler } from 'hono'
import { OriginRefusedError } from '../errors/http.ts'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/

/**
 * Lets pages of this machine in and no others. A page of the web cannot start a training here: its Origin is refused, and so is
 * a Host that was made to point here (DNS rebinding). Further origins are named by whoever runs the factory.
 */
export function guard(allowedOrigins: readonly string[] = []): MiddlewareHandler {
  const hosts = new Set(allowedOrigins.map((origin) => new URL(origin).host))
  return async (context, next) => {
    const host = context.req.header('host') ?? ''
    if (!LOOPBACK.test(host) && !hosts.has(host)) throw new OriginRefusedError('host', host)
    const origin = context.req.header('origin')
    if (origin !== undefined) {
      if (!isAllowed(origin, allowedOrigins)) throw new OriginRefusedError('origin', origin)
      context.header('access-control-allow-origin', origin)
      context.header('vary', 'origin')
      context.header('access-control-allow-headers', 'content-type, last-event-id')
      context.header('access-control-allow-methods', 'GET, POST, OPTIONS')
      // Chrome asks before a public page may reach a loopback address; only allowed origins come this far.
      if (context.req.header('access-control-request-private-network')) {
        context.header('access-control-allow-private-network', 'true')
      }
    }
    if (context.req.method === 'OPTIONS') return context.body(null, 204)
    await next()
  }
}

function isAllowed(origin: string, allowed: readonly string[]): boolean {
  if (allowed.includes(origin)) return true
  try {
    const { host, protocol } = new URL(origin)
    return (protocol === 'http:' || protocol === 'https:') && LOOPBACK.test(host)
  } catch {
    return false
  }
}
