import { ARTICLES } from './articles.ts'
import { markdownOf, pdfOf } from './documents.ts'
import { wavOf } from './encoders.ts'
import { draw, sharpOf } from './pictures.ts'
import { silenceOf } from './sounds.ts'

/** Over the 10 MB cap; made on demand, not committed. */
export const OVERSIZED = 'over-the-cap.txt'

/** One file for each way to be rejected, by path below `samples/bad`. */
export async function badSamples(): Promise<Map<string, Uint8Array>> {
  const picture = await draw('street', 31, 200, 140)
  const jpeg = await sharpOf(picture).jpeg({ quality: 85 }).toBuffer()
  const png = await sharpOf(picture).png({ compressionLevel: 9 }).toBuffer()
  const article = ARTICLES[0]!
  return new Map<string, Uint8Array>([
    ['wrong-format.png', jpeg],
    ['truncated.jpg', jpeg.subarray(0, Math.floor(jpeg.length / 2))],
    ['silent.wav', wavOf(silenceOf(2))],
    ['empty.txt', Buffer.from(' \n\t\n')],
    ['exact-duplicate.md', markdownOf(article)],
    [
      'image-inside.pdf',
      await pdfOf(ARTICLES[2]!, png.length > 60_000 ? await sharpOf(picture).resize(80).png().toBuffer() : png),
    ],
    [OVERSIZED, oversized()],
  ])
}

function oversized(): Uint8Array {
  const sentences = ARTICLES.flatMap(({ paragraphs }) => paragraphs).join('\n')
  const copies = Math.ceil(10_100_000 / sentences.length)
  return Buffer.from(Array.from({ length: copies }, (_, at) => `Part ${at + 1}.\n${sentences}\n`).join(''))
}
