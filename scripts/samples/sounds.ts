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
  const frames = Math.min(out.length - from, Math.floor(length * rate))
  for (let multiple = 1; multiple <= 8; multiple++) {
    const share = (level * (0.3 + random())) / multiple ** 1.2
    addDecayingSine(out, from, frames, (2 * Math.PI * hertz * multiple) / rate, Math.exp(-(2 + multiple) / rate), share)
  }
}

/** One complex number turned and shrunk a step a frame: no sine to compute for each sample. */
function addDecayingSine(out: Float32Array, from: number, frames: number, angle: number, decay: number, level: number) {
  const [turnRe, turnIm] = [Math.cos(angle) * decay, Math.sin(angle) * decay]
  const attackFrames = 200
  let re = level
  let im = 0
  for (let at = 0; at < frames; at++) {
    out[from + at]! += im * Math.min(1, at / attackFrames)
    const next = re * turnRe - im * turnIm
    im = re * turnIm + im * turnRe
    re = next
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
