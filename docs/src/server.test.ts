import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { expect } from 'chai'
import { createDocsApp } from './index.ts'

const folder = join(import.meta.dirname, '..')
const app = createDocsApp({ folder })
const get = (path: string, accept = '*/*') => app.request(path, { headers: { accept } })

describe('documentation server', () => {
  it('serves a page as HTML, and as markdown by its ending or by the Accept header', async () => {
    expect(await (await get('/glossary', 'text/html')).text()).to.include('<h1 id="glossary">')
    const byEnding = await get('/glossary.md')
    expect(byEnding.headers.get('content-type')).to.include('text/markdown')
    expect(await byEnding.text()).to.match(/^# Glossary/)
    expect(await (await get('/glossary', 'text/markdown')).text()).to.match(/^# Glossary/)
  })

  it('forbids every script by its policy', async () => {
    const page = await get('/glossary', 'text/html')
    expect(page.headers.get('content-security-policy')).to.include("default-src 'none'")
  })

  it('lists every page in /llms.txt and holds all of them in /llms-full.txt', async () => {
    const list = await (await get('/llms.txt')).text()
    const full = await (await get('/llms-full.txt')).text()
    for (const path of ['glossary', 'faq', 'reference/protocol']) expect(list).to.include(`(/${path}.md)`)
    expect(full).to.include('# Protocol specification').and.to.include('# Glossary')
  })

  it('answers a question on any page, in the words of the documentation, with its source', async () => {
    const answer = await (await get('/faq?ask=What+does+a+rejected+file+cost+me%3F')).text()
    expect(answer).to.include('quota').and.to.include('(/faq#what-does-a-rejected-file-cost-me)')
  })

  it('says that it cannot answer what the pages do not say', async () => {
    const answer = await (await get('/faq?ask=Which+restaurants+in+Lisbon+open+on+Sunday%3F')).text()
    expect(answer).to.include('We could not answer')
  })

  it('error: PageNotFoundError and QuestionTooLongError name the limit and the remedy', async () => {
    const missing = await get('/nothing-here')
    expect(missing.status).to.equal(404)
    expect(await missing.json()).to.deep.include({ error: 'page-not-found' })
    const long = await get(`/faq?ask=${'a'.repeat(501)}`)
    expect(long.status).to.equal(400)
    expect(((await long.json()) as { message: string }).message).to.include('limit is 500')
  })
})

describe('documentation over MCP', () => {
  it('lists and calls its tools for a stock client over streamable HTTP', async () => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    const client = new Client({ name: 'test', version: '1.0.0' })
    try {
      await client.connect(new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}/mcp`)))
      const { tools } = await client.listTools()
      expect(tools.map(({ name }) => name)).to.have.members(['searchDocumentation', 'getPage', 'askQuestion'])
      const page = await client.callTool({ name: 'getPage', arguments: { path: 'glossary' } })
      expect(JSON.stringify(page.content)).to.include('# Glossary')
    } finally {
      await client.close()
      await new Promise((resolve) => server.close(resolve))
    }
  })
})
