import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import { ask, renderAnswer, type Writer } from './ask.ts'
import { PageNotFoundError } from './errors.ts'
import type { Page } from './pages.ts'
import type { DocsIndex } from './search.ts'

/** What the protocol's own tools ask: the SDK or the indexer, given by whoever serves the documentation. */
export type ProtocolTools = {
  getLeaderboard: (parameters: { datanetId?: number | undefined }) => Promise<unknown>
  getContribution: (parameters: { id: string }) => Promise<unknown>
  explain: (parameters: { id: string }) => Promise<unknown>
}

const asText = (text: string) => ({ content: [{ type: 'text' as const, text }] })

/** Amounts are bigints, which JSON has no form for: they travel as decimal strings. */
const asJson = (value: unknown) =>
  asText(JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? part.toString() : part), 2))

export type McpParameters = {
  pages: Page[]
  index: DocsIndex
  write?: Writer | undefined
  protocol?: ProtocolTools | undefined
}

/** A Model Context Protocol server over the documentation and, where given, the live protocol. */
export function createMcpServer({ pages, index, write, protocol }: McpParameters): McpServer {
  const server = new McpServer({ name: 'datanets', version: '0.1.0' })
  server.registerTool(
    'searchDocumentation',
    {
      description: 'Sections of the documentation that match, best first.',
      inputSchema: { query: z.string().min(1).max(500) },
    },
    async ({ query }) =>
      asJson(
        index.search(query).map(({ section: { page, pageTitle, heading, anchor, text } }) => ({
          page: `/${page}#${anchor}`,
          title: pageTitle,
          heading,
          text,
        })),
      ),
  )
  server.registerTool(
    'getPage',
    {
      description: 'A page of the documentation as markdown.',
      inputSchema: { path: z.string().describe('Such as guides/validator') },
    },
    async ({ path }) => {
      const page = pages.find((candidate) => candidate.path === path.replace(/^\//, '').replace(/\.md$/, ''))
      if (page === undefined) throw new PageNotFoundError(path)
      return asText(page.markdown)
    },
  )
  server.registerTool(
    'askQuestion',
    {
      description: 'An answer in the words of the documentation, with sources.',
      inputSchema: { question: z.string().min(1).max(500) },
    },
    async ({ question }) => asText(renderAnswer(await ask(index, question, { write }))),
  )
  if (protocol !== undefined) registerProtocolTools(server, protocol)
  return server
}

function registerProtocolTools(server: McpServer, protocol: ProtocolTools): void {
  const id = z
    .string()
    .regex(/^\d+-\d+-\d+$/)
    .describe('A contribution, written Datanet-lot-item, such as 3-12-7')
  server.registerTool(
    'getLeaderboard',
    {
      description: 'Contributors ranked by accepted contributions, of one Datanet or of all.',
      inputSchema: { datanetId: z.number().int().positive().optional() },
    },
    async (parameters) => asJson(await protocol.getLeaderboard(parameters)),
  )
  server.registerTool(
    'getContribution',
    { description: 'A contribution, its votes and where it stands.', inputSchema: { id } },
    async (parameters) => asJson(await protocol.getContribution(parameters)),
  )
  server.registerTool(
    'explain',
    { description: "A contribution's receipt: from file to payment.", inputSchema: { id } },
    async (parameters) => asJson(await protocol.explain(parameters)),
  )
}
