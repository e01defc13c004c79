import type { StreamDecoder } from 'audio-decode'
import type { IAudioMetadata } from 'music-metadata'
import { DecodeError, DecodeLimitError } from '../errors.ts'
import type { Format } from '../formats.ts'
import type { DecodeLimits } from '../limits.ts'
import type { Content } from './content.ts'
import { promisedFrames } from './promised.ts'
import { scriptIn } from './script.ts'
import { SoundMeter } from './sound.ts'

const CHUNK_BYTES = 65_536
const MAX_CHANNELS = 8
const MAX_RATE = 768_000

type AudioFormat = Extract<Format, 'wav' | 'mp3' | 'flac'>

/** Decodes every sample, chunk by chunk; headers are believed only where the samples agree. */
export async function decodeAudio(bytes: Uint8Array, format: AudioFormat, limits: DecodeLimits): Promise<Content> {
  const metadata = await readMetadata(bytes, format)
  const meter = await measure(bytes, format, limits)
  const findings: Content['findings'] = []
  const script = metadata && scriptIn([Buffer.from(JSON.stringify(tagsOf(metadata)))])
  if (script) findings.push({ code: 'active-content', message: `The tags carry ${script}. Strip them.` })
  return { modality: 'audio', ...meter.result(), declaredFrames: promisedFrames(bytes, format, meter.frames), findings }
}

async function measure(bytes: Uint8Array, format: AudioFormat, limits: DecodeLimits): Promise<SoundMeter> {
  const { default: decoders } = await import('audio-decode')
  let decoder: StreamDecoder | undefined
  let meter: SoundMeter | undefined
  const take = ({ channelData, sampleRate }: { channelData: Float32Array[]; sampleRate: number }) => {
    if (!channelData[0]?.length) return
    meter ??= new SoundMeter(checkedRate(sampleRate))
    if (channelData.length > MAX_CHANNELS) throw new DecodeLimitError('channels', channelData.length, MAX_CHANNELS)
    meter.add(channelData)
    if (meter.samples > limits.samples) throw new DecodeLimitError('samples', meter.samples, limits.samples)
  }
  try {
    decoder = await decoders[format]()
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) take(await decoder(bytes.subarray(at, at + CHUNK_BYTES)))
    take(await decoder())
  } catch (cause) {
    if (cause instanceof DecodeError) throw cause
    throw new DecodeError(
      'decode-failed',
      `The ${format} cannot be decoded: ${(cause as Error).message}. Export it again.`,
      { cause },
    )
  } finally {
    decoder?.free()
  }
  if (!meter) throw new DecodeError('decode-failed', `The ${format} holds no sound that decodes. Export it again.`)
  return meter
}

function checkedRate(sampleRate: number): number {
  if (sampleRate > 0 && sampleRate <= MAX_RATE) return sampleRate
  throw new DecodeError(
    'decode-failed',
    `The sound claims ${sampleRate} hertz; 1 to ${MAX_RATE} exist. Export it again.`,
  )
}

/** Tags and promised length. Damage here is no verdict: the samples decide. */
async function readMetadata(bytes: Uint8Array, format: AudioFormat): Promise<IAudioMetadata | undefined> {
  const { parseBuffer } = await import('music-metadata')
  const mimeType = { wav: 'audio/wav', mp3: 'audio/mpeg', flac: 'audio/flac' }[format]
  try {
    return await parseBuffer(bytes, { mimeType, size: bytes.length }, { duration: false, skipCovers: true })
  } catch {
    return undefined
  }
}

function tagsOf({ common, native }: IAudioMetadata): unknown {
  const printable = (value: unknown) => (typeof value === 'string' || typeof value === 'object' ? value : String(value))
  return [
    Object.values(common).map(printable),
    Object.values(native).flatMap((tags) => tags.map(({ value }) => printable(value))),
  ]
}
