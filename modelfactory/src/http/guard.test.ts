import { expect } from 'chai'
import { Hono } from 'hono'
import { ModelFactoryError, toErrorJson } from '../errors/base.ts'
import { guard } from './guard.ts'

describe('who may call the factory', () => {
  const app = new Hono()
  app.use(guard(['https://datanets.example']))
  app.post('/runs', (context) => context.json({ ok: true }))
  app.onError((error, context) => {
    const status = error instanceof ModelFactoryError ? error.status : 500
    return context.json({ error: toErrorJson(error) }, status)
  })
  const call = (headers: Record<string, string>, method = 'POST') =>
    app.request('http://127.0.0.1:4600/runs', { method, headers: { host: '127.0.0.1:4600', ...headers } })

  it('a program of this machine, and a page of it', async () => {
    expect((await call({})).status).to.equal(200)
    for (const origin of ['http://localhost:5173', 'http://127.0.0.1:4601', 'http://[::1]:80']) {
      const response = await call({ origin })
      expect(response.status, origin).to.equal(200)
      expect(response.headers.get('access-control-allow-origin')).to.equal(origin)
    }
  })

  it('no page of the web', async () => {
    for (const origin of [
      'https://evil.example',
      'null',
      'http://localhost.evil.example',
      'http://127.0.0.1.evil.example',
    ]) {
      const response = await call({ origin })
      expect(response.status, origin).to.equal(403)
      expect(response.headers.get('access-control-allow-origin')).to.equal(null)
    }
  })

  it('no name that was made to point here', async () => {
    expect((await call({ host: 'evil.example:4600' })).status).to.equal(403)
  })

  it('a page its owner named', async () => {
    expect((await call({ origin: 'https://datanets.example' })).status).to.equal(200)
    const preflight = await call(
      { origin: 'https://datanets.example', 'access-control-request-method': 'POST' },
      'OPTIONS',
    )
    expect(preflight.status).to.equal(204)
  })
})
