import { UnknownFormatError } from '../errors/values.ts'
import type { Format, Modality } from '../types/protocol.ts'

/** All formats in the order of their codes: a format's position is its code in leaves and its bit in bitmaps. */
export const formats = [
  'md',
  'txt',
  'pdf',
  'docx',
  'png',
  'jpg',
  'webp',
  'tiff',
  'bmp',
  'wav',
  'mp3',
  'flac',
] as const satisfies readonly Format[]

/** Modalities in the order of the contract's enum. */
export const modalities = ['Text', 'Image', 'Audio'] as const satisfies readonly Modality[]

/** Bitmaps of the formats of each modality. */
export const modalityFormats = { Text: 0x00f, Image: 0x1f0, Audio: 0xe00 } as const satisfies Record<Modality, number>

const extensions: Record<string, Format> = { jpeg: 'jpg', tif: 'tiff', markdown: 'md' }

export function formatCode(format: Format): number {
  return formats.indexOf(format)
}

export function formatOf(code: number | bigint): Format {
  const format = formats[Number(code)]
  if (!format) throw new UnknownFormatError({ value: code })
  return format
}

/** The bitmap of these formats. */
export function formatsWord(list: Iterable<Format>): number {
  let word = 0
  for (const format of list) word |= 1 << formatCode(format)
  return word
}

/** The formats in a bitmap. */
export function formatsIn(word: number | bigint): Format[] {
  return formats.filter((_, code) => (Number(word) >> code) & 1)
}

/** The format a file's name declares, by its extension; undefined for a name Datanets do not take. */
export function formatOfName(name: string): Format | undefined {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase()
  if (!extension) return undefined
  return formats.find((format) => format === extension) ?? extensions[extension]
}

/** The modality of a bitmap of formats, of which at least one must be set. */
export function modalityOf(word: number | bigint): Modality {
  const modality = modalities.find((name) => Number(word) & modalityFormats[name])
  if (!modality) throw new UnknownFormatError({ value: word })
  return modality
}
