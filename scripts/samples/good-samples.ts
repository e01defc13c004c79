import { ARTICLES, type Article } from './articles.ts'
import { docxOf, markdownOf, pdfOf, plainTextOf } from './documents.ts'
import { flacOf, mp3Of, wavOf } from './encoders.ts'
import { bmpOf, draw, sharpOf } from './pictures.ts'
import { tune } from './sounds.ts'

type TextFormat = 'md' | 'txt' | 'pdf' | 'docx'
const TEXT_FORMATS: readonly TextFormat[] = ['md', 'txt', 'pdf', 'docx']

/** Good files by path below `samples/good`. */
export async function goodSamples(): Promise<Map<string, Uint8Array>> {
  return new Map([...(await texts()), ...(await images()), ...(await sounds())])
}

async function texts(): Promise<[string, Uint8Array][]> {
  return Promise.all(
    ARTICLES.map(async (article, at): Promise<[string, Uint8Array]> => {
      const format = TEXT_FORMATS[at % TEXT_FORMATS.length]!
      return [`text/${article.slug}.${format}`, await textOf(article, format)]
    }),
  )
}

function textOf(article: Article, format: TextFormat): Uint8Array | Promise<Uint8Array> {
  return { md: markdownOf, txt: plainTextOf, pdf: (each: Article) => pdfOf(each), docx: docxOf }[format](article)
}

async function images(): Promise<[string, Uint8Array][]> {
  return [
    [
      'image/hills.png',
      await sharpOf(await draw('hills', 11, 240, 160))
        .png({ compressionLevel: 9 })
        .toBuffer(),
    ],
    [
      'image/harbour.jpg',
      await sharpOf(await draw('harbour', 12))
        .jpeg({ quality: 85 })
        .toBuffer(),
    ],
    [
      'image/still-life.webp',
      await sharpOf(await draw('still-life', 13))
        .webp({ quality: 80 })
        .toBuffer(),
    ],
    [
      'image/street.tiff',
      await sharpOf(await draw('street', 14, 200, 140))
        .tiff({ compression: 'deflate' })
        .toBuffer(),
    ],
    ['image/leaf.bmp', bmpOf(await draw('leaf', 15, 180, 120))],
    [
      'image/evening-hills.jpg',
      await sharpOf(await draw('hills', 16))
        .jpeg({ quality: 80 })
        .toBuffer(),
    ],
  ]
}

async function sounds(): Promise<[string, Uint8Array][]> {
  return [
    ['audio/plucked-tune.wav', wavOf(tune(21, 4, 16_000))],
    ['audio/slow-tune.mp3', await mp3Of(tune(22, 8), 64)],
    ['audio/bright-tune.flac', await flacOf(tune(23, 4, 16_000))],
    ['audio/second-tune.mp3', await mp3Of(tune(24, 8), 64)],
  ]
}
