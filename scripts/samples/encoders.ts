import Flac from 'libflacjs'
import { Encoder } from 'libflacjs/lib/encoder.js'
import { createMp3Encoder } from 'wasm-media-encoders'
import type { Sound } from './sounds.ts'

function interleaved16({ channels }: Sound): Int16Array {
  const out = new Int16Array(channels[0]!.length * channels.length)
  for (let at = 0; at < out.length; at++) {
    const sample = channels[at % channels.length]![Math.floor(at / channels.length)]!
    out[at] = Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_767)))
  }
  return out
}

/** 16-bit PCM. */
export function wavOf(sound: Sound): Uint8Array {
  const pcm = interleaved16(sound)
  const block = sound.channels.length * 2
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + pcm.byteLength, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(sound.channels.length, 22)
  header.writeUInt32LE(sound.sampleRate, 24)
  header.writeUInt32LE(sound.sampleRate * block, 28)
  header.writeUInt16LE(block, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(pcm.byteLength, 40)
  return Buffer.concat([header, Buffer.from(pcm.buffer)])
}

export async function mp3Of(sound: Sound, bitrate: 64 | 96 | 128 | 192 = 128): Promise<Uint8Array> {
  const encoder = await createMp3Encoder()
  const channels = sound.channels.length as 1 | 2
  encoder.configure({ sampleRate: sound.sampleRate as 44_100, channels, bitrate })
  // The encoder reuses its output buffer: each part is copied before the next call.
  const parts = [Buffer.from(encoder.encode(sound.channels)), Buffer.from(encoder.finalize())]
  return Buffer.concat(parts)
}

export async function flacOf(sound: Sound): Promise<Uint8Array> {
  const flac = Flac('min')
  if (!flac.isReady()) await new Promise<void>((resolve) => flac.on('ready', () => resolve()))
  const options = {
    sampleRate: sound.sampleRate,
    channels: sound.channels.length,
    bitsPerSample: 16,
    compression: 5 as const,
    totalSamples: sound.channels[0]!.length,
  }
  const encoder = new Encoder(flac, options)
  encoder.encode(Int32Array.from(interleaved16(sound)))
  encoder.encode()
  const bytes = encoder.getSamples()
  encoder.destroy()
  return bytes
}
