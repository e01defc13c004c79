import { BaseError } from '@datanets/sdk'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { ModelFactoryError, toErrorJson } from '../errors/base.ts'
import { BodyInvalidError, RouteNotFoundError } from '../errors/http.ts'
import { chatRoutes } from './chat.ts'
import { guard } from './guard.ts'
import { runRoutes } from './runs.ts'
import type { FactoryServices } from './services.ts'

const MOST_BYTES = 1_000_000

/** The factory's HTTP interface. Failures are JSON: `{"error": {"name", "message", "hints"}}`. */
export function createApp(
  services: FactoryServices,
  { allowedOrigins }: { allowedOrigins?: readonly string[] } = {},
): Hono {
  const app = new Hono()
  app.use(guard(allowedOrigins))
  app.use(
    bodyLimit({
      maxSize: MOST_BYTES,
      onError: () => {
        throw new BodyInvalidError(`it has more than ${MOST_BYTES} bytes`)
      },
    }),
  )
  app.get('/health', (context) => context.json({ ok: true, runs: services.store.list().length }))
  app.route('/', runRoutes(services))
  app.route('/', chatRoutes(services))
  app.notFound((context) => {
    throw new RouteNotFoundError(context.req.method, context.req.path)
  })
  app.onError((error, context) => {
    const status = error instanceof ModelFactoryError ? error.status : error instanceof BaseError ? 502 : 500
    return context.json({ error: toErrorJson(error) }, status)
  })
  return app
}
