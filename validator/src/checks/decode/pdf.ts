import type { PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api.js'
import { DecodeError, DecodeLimitError } from '../errors.ts'
import type { DecodeLimits } from '../limits.ts'
import type { Content } from './content.ts'
import { textContent } from './text.ts'

type PdfJs = typeof import('pdfjs-dist')
let loading: Promise<PdfJs> | undefined

function pdfjs(): Promise<PdfJs> {
  loading ??= import('pdfjs-dist/legacy/build/pdf.mjs') as Promise<PdfJs>
  return loading
}

/** Text of every page, and how many images are drawn. Nothing in the file is run, fetched or rendered. */
export async function decodePdf(bytes: Uint8Array, limits: DecodeLimits): Promise<Content> {
  const library = await pdfjs()
  const task = library.getDocument({
    data: new Uint8Array(bytes),
    verbosity: 0,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    isEvalSupported: false,
    stopAtErrors: false,
    // A limit here would drop large images silently, and a text Datanet must see that they are there.
    maxImageSize: -1,
    disableRange: true,
    disableStream: true,
    disableAutoFetch: true,
  } as Parameters<PdfJs['getDocument']>[0])
  try {
    const document = await task.promise
    if (document.numPages > limits.pages) throw new DecodeLimitError('pages', document.numPages, limits.pages)
    const { text, images } = await readPages(document, library, limits)
    const content = textContent(text, 'utf-8', images)
    if ((await document.getJSActions()) !== null) {
      content.findings.push({ code: 'active-content', message: 'The pdf carries JavaScript. Export it without.' })
    }
    return content
  } catch (cause) {
    if (cause instanceof DecodeError) throw cause
    throw new DecodeError('decode-failed', `The pdf cannot be read: ${messageOf(cause)}. Export it again.`, { cause })
  } finally {
    await task.destroy()
  }
}

async function readPages(document: PDFDocumentProxy, library: PdfJs, limits: DecodeLimits) {
  const imageOperators = new Set<number>([
    library.OPS.paintImageXObject,
    library.OPS.paintInlineImageXObject,
    library.OPS.paintImageMaskXObject,
    library.OPS.paintImageXObjectRepeat,
    library.OPS.paintImageMaskXObjectRepeat,
    library.OPS.paintImageMaskXObjectGroup,
    library.OPS.paintInlineImageXObjectGroup,
    library.OPS.paintSolidColorImageMask,
  ])
  const pages: string[] = []
  let images = 0
  let characters = 0
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    const { items } = await page.getTextContent()
    const lines = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
    characters += lines.length
    if (characters > limits.characters) throw new DecodeLimitError('characters', characters, limits.characters)
    pages.push(lines)
    const operators = await page.getOperatorList()
    images += operators.fnArray.filter((operator) => imageOperators.has(operator)).length
    page.cleanup()
  }
  return { text: pages.join('\n\n'), images }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause)
}
