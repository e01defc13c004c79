import { DEFAULT_DECODE_LIMITS, decode } from '@datanets/validator/checks'
import type { ExtractJob, ExtractReply } from './text.ts'

/** Reads what its parent sends, one file at a time. */
process.on('disconnect', () => process.exit(0))
process.on('message', async ({ bytes, format }: ExtractJob) => {
  process.send?.(await extract(bytes, format as 'pdf' | 'docx'))
})

async function extract(bytes: Uint8Array, format: 'pdf' | 'docx'): Promise<ExtractReply> {
  try {
    const content = await decode(bytes, format, DEFAULT_DECODE_LIMITS)
    return content.modality === 'text' ? { text: content.text } : { problem: `it holds ${content.modality} content` }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
