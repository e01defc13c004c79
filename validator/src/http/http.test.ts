import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { PeerAnswerError } from '../errors/peers.ts'
import { createMetrics } from '../metrics.ts'
import { fetchJson } from './fetch-json.ts'
import { healthRoute, metricsRoute } from './routes.ts'
import { type HttpServer, type Route, startHttpServer } from './server.ts'

describe('startHttpServer', () => {
  let server: HttpServer
  let ready = true
  const broken: Route = (path) => {
    if (path === '/broken') throw new Error('secret detail')
    return undefined
  }
  before(async () => {
    const routes = [healthRoute(() => ({ healthy: true, ready })), metricsRoute(createMetrics()), broken]
    server = await startHttpServer({ host: '127.0.0.1', port: 0, routes })
  })
  after(() => server.close())

  it('tells alive and working apart', async () => {
    expect((await fetch(`${server.url}/readyz`)).status).to.equal(200)
    ready = false
    expect((await fetch(`${server.url}/readyz`)).status).to.equal(503)
    expect((await fetch(`${server.url}/healthz`)).status).to.equal(200)
  })

  it('serves metrics as text, each with its help', async () => {
    const text = await (await fetch(`${server.url}/metrics`)).text()
    expect(text).to.contain('# HELP datanet_check_seconds Seconds one file took to check in its worker.')
  })

  it('answers 404, 405 and 500 without showing what is inside', async () => {
    expect((await fetch(`${server.url}/nothing`)).status).to.equal(404)
    expect((await fetch(`${server.url}/healthz`, { method: 'POST', body: 'x' })).status).to.equal(405)
    const failed = await fetch(`${server.url}/broken`)
    expect([failed.status, await failed.text()]).to.deep.equal([500, '{"error":"internal error"}\n'])
  })
})

describe('metrics', () => {
  it('name their unit and say what they measure', async () => {
    for (const { help, name } of await createMetrics().registry.getMetricsAsJSON()) {
      expect(name).to.match(/^datanet_[a-z_]+$/)
      expect(help).to.match(/^[A-Z].*\.$/)
    }
  })
})

describe('fetchJson', () => {
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => expect.fail('it answered'),
      (error: unknown) => error,
    )

  async function withPeer(answer: Parameters<typeof createServer>[1], test: (url: string) => Promise<void>) {
    const peer = createServer(answer)
    await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve))
    await test(`http://127.0.0.1:${(peer.address() as AddressInfo).port}/`)
    peer.closeAllConnections()
    peer.close()
  }
  const bounds = { timeoutMs: 300, maxBytes: 100 }

  it('error: PeerAnswerError for an endless answer, a slow one, a redirect, an error and no JSON', async () => {
    const endless = (url: string) => fetchJson(url, { ...bounds, timeoutMs: 2_000 })
    await withPeer(
      (_request, response) => {
        const timer = setInterval(() => response.write('x'.repeat(64)), 1)
        response.on('close', () => clearInterval(timer))
      },
      async (url) => expect(String(await failure(endless(url)))).to.contain('more than 100 bytes'),
    )
    await withPeer(
      () => undefined,
      async (url) => expect(await failure(fetchJson(url, bounds))).to.be.instanceOf(PeerAnswerError),
    )
    await withPeer(
      (_request, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
      async (url) => expect(await failure(fetchJson(url, bounds))).to.be.instanceOf(PeerAnswerError),
    )
    await withPeer(
      (_request, response) => response.writeHead(500).end('{}'),
      async (url) => expect(String(await failure(fetchJson(url, bounds)))).to.contain('status 500'),
    )
    await withPeer(
      (_request, response) => response.end('<html>'),
      async (url) => expect(await failure(fetchJson(url, bounds))).to.be.instanceOf(PeerAnswerError),
    )
  })
})
