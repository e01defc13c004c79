import { readFileSync } from 'node:fs'
import { extname, join, normalize } from 'node:path'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { ask, renderAnswer, type Writer } from './ask.ts'
import { DocsError, PageNotFoundError } from './errors.ts'
import { renderHtml } from './html.ts'
import { createMcpServer, type ProtocolTools } from './mcp.ts'
import { type Page, readPages } from './pages.ts'
import { createIndex } from './search.ts'

export type DocsParameters = {
  /** Folder with SUMMARY.md. */
  folder: string
  /** Writes answers in its own words from found passages; without one, answers are extracts. */
  write?: Writer | undefined
  /** Live tools for MCP clients. */
  protocol?: ProtocolTools | undefined
}

const IMAGES: Record<string, string> = { '.svg': 'image/svg+xml', '.png': 'image/png' }

/** `/llms.txt`: every page with a line about it. */
export function llmsIndex(pages: Page[]): string {
  const [front, ...rest] = pages
  const list = rest.map(({ title, path, summary }) => `- [${title}](/${path}.md): ${summary}`)
  return `# ${front?.title}\n\n> ${front?.summary}\n\n## Pages\n\n${list.join('\n')}\n`
}

/** `/llms-full.txt`: every page in full. */
export function llmsFull(pages: Page[]): string {
  return pages.map(({ markdown }) => markdown.trim()).join('\n\n---\n\n')
}

/** The documentation as an HTTP application: pages, markdown, questions, and MCP at `/mcp`. */
export function createDocsApp({ folder, write, protocol }: DocsParameters): Hono {
  const pages = readPages(folder)
  const index = createIndex(pages)
  const app = new Hono()
  app.use(cors())
  app.use(async (context, next) => {
    await next()
    context.header(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'",
    )
    context.header('X-Content-Type-Options', 'nosniff')
  })
  app.onError((error, context) => {
    if (!(error instanceof DocsError)) throw error
    return context.json({ error: error.code, message: error.message }, error.status)
  })

  app.get('/llms.txt', (context) => context.text(llmsIndex(pages)))
  app.get('/llms-full.txt', (context) => context.text(llmsFull(pages)))
  app.get('/ask.json', async (context) => context.json(await ask(index, context.req.query('q') ?? '', { write })))
  app.all('/mcp', async (context) => {
    // One server a request: nothing is kept between calls, so any number of clients can come and go.
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
    await createMcpServer({ pages, index, write, protocol }).connect(transport)
    return transport.handleRequest(context.req.raw)
  })
  app.get('*', async (context) => {
    const path = normalize(decodeURIComponent(context.req.path)).replace(/^\/+|\/+$/g, '')
    const image = IMAGES[extname(path)]
    if (image !== undefined && path.startsWith('images/')) {
      return context.body(readFileSync(join(folder, path)), 200, { 'Content-Type': image })
    }
    const wantsMarkdown = path.endsWith('.md') || (context.req.header('accept') ?? '').includes('text/markdown')
    const page = pages.find((candidate) => candidate.path === (path.replace(/\.md$/, '') || 'index'))
    if (page === undefined) throw new PageNotFoundError(path)
    const question = context.req.query('ask')
    const markdown = question === undefined ? page.markdown : renderAnswer(await ask(index, question, { write }))
    const isForm = question !== undefined && (context.req.header('accept') ?? '').includes('text/html')
    if (wantsMarkdown || (question !== undefined && !isForm)) {
      return context.body(markdown, 200, { 'Content-Type': 'text/markdown; charset=utf-8' })
    }
    return context.html(renderHtml(pages, { ...page, markdown }))
  })
  return app
}
