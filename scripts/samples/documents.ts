import { Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx'
import { unzipSync, zipSync } from 'fflate'
import { PDFDocument, type PDFFont, StandardFonts } from 'pdf-lib'
import type { Article } from './articles.ts'

/** Every container gets this date, so that the same article gives the same bytes. */
const DATE = new Date('2026-01-01T00:00:00Z')

export function markdownOf({ title, paragraphs }: Article): Uint8Array {
  return Buffer.from(`# ${title}\n\n${paragraphs.join('\n\n')}\n`)
}

export function plainTextOf({ title, paragraphs }: Article): Uint8Array {
  return Buffer.from(`${title}\n${'='.repeat(title.length)}\n\n${paragraphs.join('\n\n')}\n`)
}

export async function pdfOf({ title, paragraphs }: Article, image?: Uint8Array): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false })
  pdf.setTitle(title)
  pdf.setCreationDate(DATE)
  pdf.setModificationDate(DATE)
  const font = await pdf.embedFont(StandardFonts.TimesRoman)
  const page = pdf.addPage([595, 842])
  page.drawText(title, { x: 60, y: 770, size: 20, font })
  let y = 735
  for (const paragraph of paragraphs) {
    for (const line of wrapped(paragraph, font, 11, 475)) {
      page.drawText(line, { x: 60, y, size: 11, font })
      y -= 15
    }
    y -= 9
  }
  if (image) page.drawImage(await pdf.embedPng(image), { x: 60, y: 60, width: 120, height: 80 })
  return pdf.save({ useObjectStreams: false })
}

function wrapped(text: string, font: PDFFont, size: number, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (font.widthOfTextAtSize(longer, size) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

export async function docxOf({ title, paragraphs }: Article): Promise<Uint8Array> {
  const children = [
    new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(title)] }),
    ...paragraphs.map((paragraph) => new Paragraph({ children: [new TextRun(paragraph)] })),
  ]
  return withFixedDates(
    await Packer.toBuffer(new Document({ title, creator: 'Datanets samples', sections: [{ children }] })),
  )
}

/** The writer stamps the time of writing into the container and its core properties. */
function withFixedDates(container: Uint8Array): Uint8Array {
  const stamp = DATE.toISOString().replace('.000Z', 'Z')
  const entries = Object.entries(unzipSync(container))
    .filter(([name]) => !name.endsWith('/'))
    .map(([name, data]): [string, Uint8Array] => {
      if (name !== 'docProps/core.xml') return [name, data]
      return [
        name,
        Buffer.from(
          Buffer.from(data)
            .toString()
            .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, stamp),
        ),
      ]
    })
  return zipSync(Object.fromEntries(entries), { level: 9, mtime: DATE })
}
