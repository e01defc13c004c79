import { DecodeError } from '../errors.ts'
import type { Format } from '../formats.ts'
import type { DecodeLimits } from '../limits.ts'
import { decodeAudio } from './audio.ts'
import type { Content } from './content.ts'
import { decodeDocx } from './docx.ts'
import { decodeImage } from './image.ts'
import { decodePdf } from './pdf.ts'
import { decodeText } from './text.ts'

/**
 * Content of a file in the given format.
 * @throws DecodeError whatever the decoder threw.
 */
export async function decode(bytes: Uint8Array, format: Format, limits: DecodeLimits): Promise<Content> {
  try {
    return await decodeAs(bytes, format, limits)
  } catch (cause) {
    if (cause instanceof DecodeError) throw cause
    const message = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw new DecodeError('decode-failed', `The ${format} cannot be decoded: ${message}. Export it again.`, { cause })
  }
}

function decodeAs(bytes: Uint8Array, format: Format, limits: DecodeLimits): Content | Promise<Content> {
  switch (format) {
    case 'md':
    case 'txt':
      return decodeText(bytes, limits)
    case 'pdf':
      return decodePdf(bytes, limits)
    case 'docx':
      return decodeDocx(bytes, limits)
    case 'wav':
    case 'mp3':
    case 'flac':
      return decodeAudio(bytes, format, limits)
    default:
      return decodeImage(bytes, format, limits)
  }
}
