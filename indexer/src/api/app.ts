import { BaseError } from '@datanets/sdk'
import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { DatabaseUnavailableError } from '../errors.ts'
import { NothingIndexedError } from '../queries/consistent.ts'
import { InvalidQueryError, UnknownEntityError } from '../queries/page.ts'
import type { Store } from '../store/store.ts'
import type { Feed } from './feed.ts'
import { createGraphQL } from './graphql/handler.ts'
import { createLive } from './live.ts'
import { createOpenApi } from './openapi.ts'
import { RateLimit, type RateOptions } from './rate-limit.ts'
import { routes } from './routes.ts'
import type { Status } from './types.ts'

export type AppOptions = {
  store: Store
  feed: Feed
  status: () => Promise<Status>
  /** Blocks behind the head at which `/ready` still says yes; 3 by default. */
  readyWithin?: number
  /** Per client; false for none. 50 per second and bursts of 200 by default. */
  rate?: RateOptions | false | undefined
  /** Whether the address of a client is the last of `X-Forwarded-For`: only behind a proxy that sets it. */
  behindProxy?: boolean | undefined
}

const defaultRate: RateOptions = { perSecond: 50, burst: 200 }

export function createApp({
  store,
  feed,
  status,
  readyWithin = 3,
  rate = defaultRate,
  behindProxy = false,
}: AppOptions): Hono {
  const app = new Hono()
  app.use(cors({ origin: '*', allowMethods: ['GET', 'POST'], exposeHeaders: ['Retry-After', 'ETag'] }))
  app.onError((error, context) => toProblem(error, context))
  app.notFound((context) =>
    context.json(
      { error: 'NotFound', message: `There is no ${context.req.path}.`, hints: ['See /openapi.json.'] },
      404,
    ),
  )

  app.get('/health', (context) => context.json({ ok: true }))
  app.get('/ready', async (context) => {
    const now = await status()
    const isReady = now.state === 'live' && now.behind !== null && now.behind <= readyWithin
    return context.json({ ready: isReady, ...now }, isReady ? 200 : 503)
  })

  if (rate !== false) {
    const limit = new RateLimit(rate)
    app.use(async (context, next) => {
      const seconds = limit.take(clientOf(context, behindProxy))
      if (seconds === 0) return next()
      context.header('Retry-After', String(Math.ceil(seconds)))
      return context.json({ error: 'TooManyRequests', message: `Limit: ${rate.perSecond} requests per second.` }, 429)
    })
  }

  app.get('/v1/status', async (context) => context.json(await status()))
  app.get('/v1/live', createLive(feed))
  for (const { path, answer } of routes) {
    app.get(`/v1${path.replace(/\{(\w+)\}/g, ':$1')}`, async (context) => {
      // What a block has answered once it answers again: clients that kept it need not take it twice.
      const tag = `W/"${(await store.cursor())?.hash.slice(2, 34) ?? 'none'}"`
      context.header('ETag', tag)
      context.header('Cache-Control', 'no-cache')
      if (context.req.header('If-None-Match') === tag) return context.body(null, 304)
      return context.json(await answer(store, context.req.param() as Record<string, string>, context.req.query()))
    })
  }

  const openApi = createOpenApi()
  app.get('/openapi.json', (context) => context.json(openApi))
  const graphql = createGraphQL(store)
  app.post('/graphql', bodyLimit({ maxSize: 64 * 1024 }), async (context) => {
    const request = (await context.req.json().catch(() => undefined)) as object | undefined
    if (request === undefined)
      throw new InvalidQueryError('The body', 'unreadable', 'JSON with `query` and `variables`')
    return context.json(await graphql(request))
  })
  app.get('/graphql', async (context) => {
    const { query, variables, operationName } = context.req.query()
    return context.json(await graphql({ query, variables: parseVariables(variables), operationName }))
  })
  return app
}

function parseVariables(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new InvalidQueryError('variables', text.slice(0, 100), 'a JSON object')
  }
}

function clientOf(context: Context, behindProxy: boolean): string {
  const forwarded = behindProxy ? context.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim() : undefined
  return forwarded ?? getConnInfo(context).remote.address ?? 'unknown'
}

/** What went wrong, for the asker; nothing of the inside when it is not ours. */
function toProblem(error: Error, context: Context): Response {
  if (!(error instanceof BaseError)) {
    return context.json({ error: 'InternalError', message: 'The request failed.' }, 500)
  }
  const problem = { error: error.name, message: error.shortMessage, hints: error.metaMessages }
  if (error instanceof InvalidQueryError) return context.json(problem, 400)
  if (error instanceof UnknownEntityError) return context.json(problem, 404)
  if (error instanceof NothingIndexedError || error instanceof DatabaseUnavailableError)
    return context.json(problem, 503)
  return context.json({ error: error.name, message: 'The request failed.' }, 500)
}
