import { createHash } from 'node:crypto'
import decodeSound from 'audio-decode'
import { decode as decodeBmp } from 'bmp-ts'
import mammoth from 'mammoth'
import sharp from 'sharp'
import { ARTICLES } from '../../scripts/samples/articles.ts'
import { docxOf, markdownOf, pdfOf, plainTextOf } from '../../scripts/samples/documents.ts'
import { flacOf, mp3Of, wavOf } from '../../scripts/samples/encoders.ts'
import { bmpOf, draw, sharpOf } from '../../scripts/samples/pictures.ts'
import { tune } from '../../scripts/samples/sounds.ts'
import {
  defaultRules,
  type FileInput,
  type Format,
  MODALITIES,
  type Modality,
} from '../../validator/src/checks/index.ts'
import { createCheckPool } from '../../validator/src/worker/index.ts'
import { processorSeconds } from './processor-time.ts'
import { writeText } from './texts.ts'

export interface Throughput {
  files: number
  megabytes: number
  /** Processor seconds. */
  decodeSeconds: number
  checkSeconds: number
  /** Processor time of checking over that of decoding. */
  ratioToDecode: number
  ratioOnTheWall: number
  byFormat: Record<string, number>
  filesPerSecond: number
  megabytesPerSecond: number
}

interface Cost {
  wall: number
  processor: number
}

const WARMING_ROUNDS = 3

/** What the library alone needs to decode a file, without any of our code. */
const BARE: Record<Format, (bytes: Uint8Array) => Promise<unknown>> = {
  md: async (bytes) => new TextDecoder().decode(bytes),
  txt: async (bytes) => new TextDecoder().decode(bytes),
  pdf: barePdf,
  docx: (bytes) => mammoth.extractRawText({ buffer: Buffer.from(bytes) }),
  png: bareImage,
  jpg: bareImage,
  webp: bareImage,
  tiff: bareImage,
  bmp: async (bytes) => decodeBmp(Buffer.from(bytes), { toRGBA: true }),
  wav: (bytes) => decodeSound(bytes),
  mp3: (bytes) => decodeSound(bytes),
  flac: (bytes) => decodeSound(bytes),
}

async function barePdf(bytes: Uint8Array): Promise<unknown> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false, disableFontFace: true })
  const document = await task.promise
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    await page.getTextContent()
    await page.getOperatorList()
  }
  return task.destroy()
}

function bareImage(bytes: Uint8Array): Promise<unknown> {
  return sharp(bytes).raw().toBuffer()
}

type Sample = { format: Format; bytes: Uint8Array }

async function samplesOf(modality: Modality): Promise<Sample[]> {
  if (modality === 'text') return texts()
  return modality === 'image' ? images() : sounds()
}

async function texts(): Promise<Sample[]> {
  const long = (seed: number) => ({
    slug: '',
    title: `Part ${seed}`,
    paragraphs: Array.from({ length: 20 }, (_, at) => writeText(seed * 100 + at)),
  })
  const files: Sample[] = []
  for (const [at, article] of [...ARTICLES, ...[1, 2, 3, 4].map(long)].entries()) {
    const document = at < ARTICLES.length ? article : long(at)
    files.push({ format: 'md', bytes: markdownOf(document) }, { format: 'txt', bytes: plainTextOf(document) })
    files.push({ format: 'docx', bytes: await docxOf(document) })
    if (at < ARTICLES.length) files.push({ format: 'pdf', bytes: await pdfOf(document) })
  }
  return files
}

async function images(): Promise<Sample[]> {
  const files: Sample[] = []
  for (const [at, kind] of (['hills', 'harbour', 'street'] as const).entries()) {
    const picture = await draw(kind, 500 + at, 1_600, 1_067)
    const image = () => sharpOf(picture)
    files.push(
      { format: 'png', bytes: await image().png().toBuffer() },
      { format: 'jpg', bytes: await image().jpeg().toBuffer() },
    )
    files.push({ format: 'webp', bytes: await image().webp().toBuffer() }, { format: 'bmp', bytes: bmpOf(picture) })
    files.push({ format: 'tiff', bytes: await image().tiff({ compression: 'deflate' }).toBuffer() })
  }
  return files
}

async function sounds(): Promise<Sample[]> {
  const files: Sample[] = []
  for (let seed = 1; seed <= 3; seed++) {
    const sound = tune(700 + seed, 20)
    files.push(
      { format: 'wav', bytes: wavOf(sound) },
      { format: 'mp3', bytes: await mp3Of(sound) },
      { format: 'flac', bytes: await flacOf(sound) },
    )
  }
  return files
}

function inputOf({ format, bytes }: Sample): FileInput {
  const declaredSha256 = createHash('sha256').update(bytes).digest('hex')
  return { bytes, declaredFormat: format, declaredBytes: bytes.length, declaredSha256 }
}

/**
 * Every file through one warm worker with every default check, against the bare decode of the same files in this process.
 * One thread each. The ratio is of processor time, so that other work on the machine does not enter it.
 */
export async function measureThroughput(rounds: number): Promise<Record<Modality, Throughput>> {
  sharp.concurrency(1)
  sharp.cache(false)
  const pool = createCheckPool({ size: 1 })
  const report: Partial<Record<Modality, Throughput>> = {}
  for (const modality of MODALITIES) {
    const samples = await samplesOf(modality)
    const costs = new Map<Format, { decode: Cost; check: Cost }>()
    for (const format of new Set(samples.map((sample) => sample.format))) {
      const own = samples.filter((sample) => sample.format === format)
      const decode = () => inTurn(own, (sample) => BARE[format](sample.bytes))
      const inputs = own.map(inputOf)
      const rules = defaultRules(modality)
      const check = () => inTurn(inputs, (input) => pool.check(input, rules))
      // A node checks all day: what its compiler needs to warm up is not what a file costs.
      for (let round = 0; round < WARMING_ROUNDS; round++) {
        await decode()
        await check()
      }
      costs.set(format, { decode: await measured(decode, rounds), check: await measured(check, rounds) })
    }
    report[modality] = summary(samples, costs, rounds)
  }
  pool.close()
  return report as Record<Modality, Throughput>
}

async function inTurn<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  for (const item of items) await work(item)
}

async function measured(work: () => Promise<void>, rounds: number): Promise<Cost> {
  const [wall, processor] = [performance.now(), processorSeconds()]
  for (let round = 0; round < rounds; round++) await work()
  return { wall: (performance.now() - wall) / 1_000, processor: processorSeconds() - processor }
}

function summary(
  samples: readonly Sample[],
  costs: ReadonlyMap<Format, { decode: Cost; check: Cost }>,
  rounds: number,
): Throughput {
  const total = (of: 'decode' | 'check', kind: keyof Cost) =>
    [...costs.values()].reduce((sum, each) => sum + each[of][kind], 0)
  const megabytes = (samples.reduce((sum, { bytes }) => sum + bytes.length, 0) * rounds) / 1e6
  const files = samples.length * rounds
  return {
    files,
    megabytes: to(megabytes, 2),
    decodeSeconds: to(total('decode', 'processor'), 3),
    checkSeconds: to(total('check', 'processor'), 3),
    ratioToDecode: to(total('check', 'processor') / total('decode', 'processor'), 2),
    ratioOnTheWall: to(total('check', 'wall') / total('decode', 'wall'), 2),
    filesPerSecond: to(files / total('check', 'wall'), 1),
    megabytesPerSecond: to(megabytes / total('check', 'wall'), 2),
    byFormat: Object.fromEntries(
      [...costs].map(([format, { decode, check }]) => [format, to(check.processor / decode.processor, 2)]),
    ),
  }
}

function to(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
