import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { marked, type Token } from 'marked'

/** One page of the documentation, as written. */
export type Page = {
  /** Path below the root without its ending, such as `guides/validator`; the front page is `index`. */
  path: string
  title: string
  /** First paragraph, as plain text. */
  summary: string
  markdown: string
  sections: Section[]
}

/** A heading and what stands below it, up to the next heading of any depth. */
export type Section = {
  id: string
  page: string
  pageTitle: string
  heading: string
  /** Fragment of the heading on its page. */
  anchor: string
  /** Markdown below the heading. */
  text: string
}

export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s+/g, '-')

/** Markdown without its signs. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*_|>#]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Paths of all pages in the order of SUMMARY.md: what is not listed there is not published. */
function listed(folder: string): string[] {
  const summary = readFileSync(join(folder, 'SUMMARY.md'), 'utf8')
  return [...summary.matchAll(/\]\(([^)#]+\.md)\)/g)].map(([, file]) => posix.normalize(file!))
}

function sectionsOf(page: string, pageTitle: string, markdown: string): Section[] {
  const sections: Section[] = []
  let heading = pageTitle
  let parts: string[] = []
  const flush = () => {
    const text = parts.join('').trim()
    if (text !== '') {
      sections.push({ id: `${page}#${sections.length}`, page, pageTitle, heading, anchor: anchorOf(heading), text })
    }
    parts = []
  }
  for (const token of marked.lexer(markdown) as Token[]) {
    if (token.type !== 'heading') {
      parts.push(token.raw)
      continue
    }
    flush()
    heading = plainText(token.text)
  }
  flush()
  return sections
}

export function readPage(folder: string, file: string): Page {
  const markdown = readFileSync(join(folder, file), 'utf8')
  const path = file === 'README.md' ? 'index' : file.replace(/\.md$/, '').replace(/\/README$/, '')
  const title = plainText(/^#\s+(.+)$/m.exec(markdown)?.[1] ?? path)
  const sections = sectionsOf(path, title, markdown)
  const summary = plainText(sections[0]?.text.split('\n\n')[0] ?? '')
  return { path, title, summary, markdown, sections }
}

/** Reads every page that SUMMARY.md lists. */
export function readPages(folder: string): Page[] {
  return listed(folder).map((file) => readPage(folder, file))
}
