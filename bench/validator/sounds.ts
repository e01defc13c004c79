import { flacOf, mp3Of, wavOf } from '../../scripts/samples/encoders.ts'
import { type Sound, tune } from '../../scripts/samples/sounds.ts'

export type SoundFile = { format: 'wav' | 'mp3' | 'flac'; bytes: Uint8Array }

const SECONDS = 6

export function playSound(seed: number): Sound {
  return tune(seed, SECONDS, 44_100)
}

function changed({ sampleRate, channels }: Sound, change: (samples: Float32Array) => Float32Array): Sound {
  return { sampleRate, channels: channels.map(change) }
}

/** By straight lines between samples: what a careless converter does. */
function resampled({ sampleRate, channels }: Sound, rate: number): Sound {
  const step = sampleRate / rate
  const resample = (samples: Float32Array) =>
    Float32Array.from({ length: Math.floor(samples.length / step) - 1 }, (_, at) => {
      const place = at * step
      const whole = Math.floor(place)
      return samples[whole]! + (samples[whole + 1]! - samples[whole]!) * (place - whole)
    })
  return { sampleRate: rate, channels: channels.map(resample) }
}

const mp3 = async (sound: Sound, bitrate: 64 | 96 | 192): Promise<SoundFile> => ({
  format: 'mp3',
  bytes: await mp3Of(sound, bitrate),
})
const wav = (sound: Sound): SoundFile => ({ format: 'wav', bytes: wavOf(sound) })

/** What a copier does to a sound, by name. */
export const SOUND_EDITS: Record<string, (sound: Sound, random: () => number) => SoundFile | Promise<SoundFile>> = {
  'mp3-64': (sound) => mp3(sound, 64),
  'mp3-96': (sound) => mp3(sound, 96),
  flac: async (sound) => ({ format: 'flac', bytes: await flacOf(sound) }),
  'wav-22050': (sound) => wav(resampled(sound, 22_050)),
  'half-as-loud-mp3': (sound) =>
    mp3(
      changed(sound, (samples) => samples.map((sample) => sample / 2)),
      96,
    ),
  'first-second-cut': (sound) =>
    mp3(
      changed(sound, (samples) => samples.slice(44_100 + 777)),
      96,
    ),
  'noise-30-db': (sound, random) =>
    wav(changed(sound, (samples) => samples.map((sample) => sample + (random() - 0.5) * 0.01))),
}
