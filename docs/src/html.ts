import { marked } from 'marked'
import { anchorOf, type Page, plainText } from './pages.ts'

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

const renderer = new marked.Renderer()
renderer.heading = function heading({ tokens, depth, text }) {
  return `<h${depth} id="${anchorOf(plainText(text))}">${this.parser.parseInline(tokens)}</h${depth}>`
}
// Pages are our own, yet raw HTML in them would be the one way around the policy of the page: show it as text.
renderer.html = ({ text }) => escapeHtml(text)

const STYLE = `:root{color-scheme:light dark;--line:#8884;--soft:#8881}body{margin:0 auto;max-width:76rem;padding:1rem;font:16px/1.6 system-ui,sans-serif;display:grid;grid-template-columns:15rem 1fr;gap:2rem}
@media(max-width:48rem){body{grid-template-columns:1fr}}nav a{display:block;padding:.15rem 0}a{color:light-dark(#1d4ed8,#93b4ff)}main{max-width:48rem;min-width:0}
pre{overflow:auto;background:var(--soft);padding:.75rem;border-radius:.5rem}table{border-collapse:collapse;display:block;overflow:auto}td,th{border:1px solid var(--line);padding:.3rem .6rem;text-align:left;vertical-align:top}
img{max-width:100%}form{display:flex;gap:.5rem;margin-bottom:1rem}input{flex:1;padding:.4rem;min-width:0}[aria-current]{font-weight:700}`

/** A page of the documentation for a browser. No script: the ask box is a plain form. */
export function renderHtml(
  pages: Page[],
  { path, title, markdown }: Pick<Page, 'path' | 'title' | 'markdown'>,
): string {
  // Links between pages are written with `.md`, as GitBook and GitHub want them.
  const body = (marked.parse(markdown, { renderer, async: false }) as string).replace(
    /href="(?!https?:)([^"#]+)\.md(#[^"]*)?"/g,
    'href="$1$2"',
  )
  const links = pages.map((page) => {
    const current = page.path === path ? ' aria-current="page"' : ''
    return `<a href="/${page.path === 'index' ? '' : page.path}"${current}>${escapeHtml(page.title)}</a>`
  })
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)}</title><link rel="alternate" type="text/markdown" href="/${path}.md"><style>${STYLE}</style></head>
<body><nav aria-label="Pages"><form action="/index" role="search"><input name="ask" aria-label="Ask the documentation" placeholder="Ask a question"><button>Ask</button></form>
${links.join('\n')}</nav><main>${body}</main></body></html>`
}
