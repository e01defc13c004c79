import { DecodeLimitError } from '../errors.ts'
import type { DecodeLimits } from '../limits.ts'
import type { Content, TextContent } from './content.ts'

/** md and txt: UTF-8, or UTF-16 behind its byte order mark. Never throws on bad bytes: `encoding` judges them. */
export function decodeText(bytes: Uint8Array, limits: DecodeLimits): Content {
  const encoding = encodingOf(bytes)
  const text = new TextDecoder(encoding).decode(bytes)
  if (text.length > limits.characters) throw new DecodeLimitError('characters', text.length, limits.characters)
  return textContent(text, encoding)
}

export function textContent(text: string, encoding: TextContent['encoding'] = 'utf-8', images = 0): Content {
  return { modality: 'text', text, encoding, images, invalid: countOf(text, '�'), findings: [] }
}

function encodingOf(bytes: Uint8Array): TextContent['encoding'] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

function countOf(text: string, character: string): number {
  let count = 0
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) count++
  return count
}
