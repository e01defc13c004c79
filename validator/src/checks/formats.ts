export type Modality = 'text' | 'image' | 'audio'

export type Format = 'md' | 'txt' | 'pdf' | 'docx' | 'png' | 'jpg' | 'webp' | 'tiff' | 'bmp' | 'wav' | 'mp3' | 'flac'

export const MODALITIES: readonly Modality[] = ['text', 'image', 'audio']

const FORMATS_OF: Record<Modality, readonly Format[]> = {
  text: ['md', 'txt', 'pdf', 'docx'],
  image: ['png', 'jpg', 'webp', 'tiff', 'bmp'],
  audio: ['wav', 'mp3', 'flac'],
}

export const FORMATS: readonly Format[] = MODALITIES.flatMap((modality) => FORMATS_OF[modality])

const MODALITY_OF = new Map<Format, Modality>(
  MODALITIES.flatMap((modality) => FORMATS_OF[modality].map((format): [Format, Modality] => [format, modality])),
)

const FORMAT_OF_EXTENSION = new Map<string, Format>([
  ...FORMATS.map((format): [string, Format] => [format, format]),
  ['jpeg', 'jpg'],
  ['tif', 'tiff'],
  ['markdown', 'md'],
  ['wave', 'wav'],
])

export function formatsOf(modality: Modality): readonly Format[] {
  return FORMATS_OF[modality]
}

export function modalityOf(format: Format): Modality {
  return MODALITY_OF.get(format)!
}

/** The format a file's extension claims, or undefined when no Datanet takes such files. */
export function formatOfName(fileName: string): Format | undefined {
  const dot = fileName.lastIndexOf('.')
  if (dot < 0) return undefined
  return FORMAT_OF_EXTENSION.get(fileName.slice(dot + 1).toLowerCase())
}
