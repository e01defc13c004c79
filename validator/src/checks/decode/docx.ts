import { zipSync } from 'fflate'
import { DecodeError, DecodeLimitError } from '../errors.ts'
import type { DecodeLimits } from '../limits.ts'
import { type ArchiveEntry, readArchive } from './archive.ts'
import type { Content } from './content.ts'
import { textContent } from './text.ts'

const BODY = 'word/document.xml'
const PROGRAM = /(^|\/)(vbaProject\.bin|activeX\/|embeddings\/)/i

/**
 * Raw text of a docx. The reader never sees the original container: it gets a fresh one with only the XML parts,
 * each already bounded and free of document type declarations (so no entity is ever expanded).
 */
export async function decodeDocx(bytes: Uint8Array, limits: DecodeLimits): Promise<Content> {
  const entries = await readArchive(bytes, limits)
  if (!entries.some(({ name }) => name === BODY)) {
    throw new DecodeError('format-mismatch', `The archive has no ${BODY}: it is not a docx. Declare its real format.`)
  }
  const parts = entries.filter(({ name }) => /\.(xml|rels)$/i.test(name))
  for (const part of parts) refuseHostileXml(part, limits)
  const clean = zipSync(Object.fromEntries(parts.map(({ name, data }) => [name, data])), { level: 0 })
  const text = await extract(clean)
  if (text.length > limits.characters) throw new DecodeLimitError('characters', text.length, limits.characters)
  const content = textContent(text)
  const program = entries.find(({ name }) => PROGRAM.test(name))
  if (program) {
    const message = `The docx carries ${program.name.slice(0, 80)}, a program or embedded object. Save it without.`
    content.findings.push({ code: 'active-content', message })
  }
  return content
}

async function extract(container: Uint8Array): Promise<string> {
  const { default: mammoth } = await import('mammoth')
  try {
    return (await mammoth.extractRawText({ buffer: Buffer.from(container) })).value
  } catch (cause) {
    throw new DecodeError('decode-failed', `The docx cannot be read: ${(cause as Error).message}. Save it again.`, {
      cause,
    })
  }
}

function refuseHostileXml({ name, data }: ArchiveEntry, limits: DecodeLimits): void {
  const text = new TextDecoder(data[0] === 0xff ? 'utf-16le' : data[0] === 0xfe ? 'utf-16be' : 'utf-8').decode(data)
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) {
    throw new DecodeError(
      'active-content',
      `${name} has a document type declaration, which a docx never needs. Save it again.`,
    )
  }
  const depth = depthOf(text, limits.nesting)
  if (depth > limits.nesting) throw new DecodeLimitError(`levels of elements in ${name}`, depth, limits.nesting)
}

/** Depth of nested elements, counted up to just past `limit`. */
function depthOf(text: string, limit: number): number {
  let depth = 0
  let deepest = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    const next = text.charCodeAt(at + 1)
    if (next === 0x2f) depth--
    else if (next !== 0x21 && next !== 0x3f) {
      const end = text.indexOf('>', at)
      if (end < 0 || text.charCodeAt(end - 1) !== 0x2f) depth++
    }
    if (depth > deepest) deepest = depth
    if (deepest > limit) break
  }
  return deepest
}
