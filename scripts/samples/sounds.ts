import { seeded } from './random.ts'

export interface Sound {
  sampleRate: number
  channels: Float32Array[]
}

/** A tune of plucked notes over a bass and a little room noise; the same seed gives the same tune. */
export function tune(seed: number, seconds = 6, sampleRate = 44_100): Sound {
  const random = seeded(seed)
  const samples = new Float32Array(Math.round(seconds * sampleRate))
  const scale = [0, 2, 4, 7, 9, 12, 14, 16]
  const root = 150 + random() * 200
  for (let start = 0; start < seconds; ) {
    const length = 0.12 + random() * 0.5
    const note = root * 2 ** (scale[Math.floor(random() * scale.length)]! / 12)
    pluck(samples, sampleRate, start, length * 2.5, note, 0.18 + random() * 0.15, random)
    if (random() < 0.4) pluck(samples, sampleRate, start, length * 3, note / 2, 0.15, random)
    if (random() < 0.5) knock(samples, sampleRate, start + length / 2, 0.1 + random() * 0.15, random)
    start += length
  }
  for (let at = 0; at < samples.length; at++) samples[at]! += (random() - 0.5) * 0.006
  return { sampleRate, channels: [samples] }
}

function pluck(
  out: Float32Array,
  rate: number,
  start: number,
  length: number,
  hertz: number,
  level: number,
  random: () => number,
) {
  const from = Math.floor(start * rate)
  const to = Math.min(out.length, from + Math.floor(length * rate))
  const overtones = Array.from({ length: 8 }, (_, at) => ({
    multiple: at + 1,
    share: (0.3 + random()) / (at + 1) ** 1.2,
  }))
  for (let at = from; at < to; at++) {
    const time = (at - from) / rate
    const attack = Math.min(1, time / 0.005)
    let value = 0
    for (const { multiple, share } of overtones) {
      value += share * Math.exp(-time * (2 + multiple)) * Math.sin(2 * Math.PI * hertz * multiple * time)
    }
    out[at]! += level * attack * value
  }
}

function knock(out: Float32Array, rate: number, start: number, level: number, random: () => number) {
  const from = Math.floor(start * rate)
  const to = Math.min(out.length, from + Math.floor(0.12 * rate))
  let low = 0
  const softness = 0.05 + random() * 0.4
  for (let at = from; at < to; at++) {
    low += softness * (random() * 2 - 1 - low)
    out[at]! += level * Math.exp(-(at - from) / (0.03 * rate)) * low * 3
  }
}

export function silenceOf(seconds: number, sampleRate = 22_050): Sound {
  return { sampleRate, channels: [new Float32Array(Math.round(seconds * sampleRate))] }
}
