/** Rate of the mono mix kept for the fingerprint, hertz. */
export const FINGERPRINT_RATE = 11_025
/** Seconds of it kept: enough to recognise, bounded whatever the length of the file. */
export const FINGERPRINT_SECONDS = 60
export const WINDOW_SECONDS = 0.02

const FULL_SCALE = 0.999
/** Beyond it a float is no sound. */
const LOUDEST = 4

/**
 * Folds decoded chunks into what the checks measure, so that memory does not grow with the length of the sound.
 * The mono mix is resampled by averaging over each output interval: the same filter in time for every input rate.
 */
export class SoundMeter {
  readonly sampleRate: number
  frames = 0
  samples = 0
  clipped = 0
  channels = 0
  #squares = 0
  #windowSquares = 0
  #windowFill = 0
  #windowFrames: number
  #windows: number[] = []
  #mono: Float32Array
  #monoLength = 0
  #intervalSum = 0
  #intervalFill = 0

  constructor(sampleRate: number) {
    this.sampleRate = sampleRate
    this.#windowFrames = Math.max(1, Math.round(sampleRate * WINDOW_SECONDS))
    this.#mono = new Float32Array(FINGERPRINT_RATE * FINGERPRINT_SECONDS)
  }

  add(channels: readonly Float32Array[]): void {
    const length = channels[0]?.length ?? 0
    this.channels = Math.max(this.channels, channels.length)
    this.samples += length * channels.length
    const mono = new Float64Array(length)
    for (const samples of channels) this.#addChannel(samples, mono, 1 / channels.length)
    this.#addWindows(mono)
    this.#addIntervals(mono)
  }

  #addChannel(samples: Float32Array, mono: Float64Array, weight: number): void {
    let squares = 0
    let clipped = 0
    for (let at = 0; at < mono.length; at++) {
      const sample = samples[at]!
      // Float formats may hold NaN or infinities: they count as full scale and nothing else.
      if (!(sample > -FULL_SCALE && sample < FULL_SCALE)) clipped++
      if (!(sample >= -LOUDEST && sample <= LOUDEST)) continue
      squares += sample * sample
      mono[at]! += sample * weight
    }
    this.#squares += squares
    this.clipped += clipped
  }

  #addWindows(mono: Float64Array): void {
    for (let at = 0; at < mono.length; ) {
      const end = Math.min(mono.length, at + this.#windowFrames - this.#windowFill)
      let squares = 0
      for (let frame = at; frame < end; frame++) squares += mono[frame]! * mono[frame]!
      this.#windowSquares += squares
      this.#windowFill += end - at
      at = end
      if (this.#windowFill === this.#windowFrames) this.#closeWindow()
    }
  }

  #addIntervals(mono: Float64Array): void {
    const step = this.sampleRate / FINGERPRINT_RATE
    let at = 0
    while (this.#monoLength < this.#mono.length) {
      // First frame that belongs to the next interval.
      const end = Math.ceil((this.#monoLength + 1) * step) - this.frames
      const upTo = Math.min(end, mono.length)
      for (; at < upTo; at++) {
        this.#intervalSum += mono[at]!
        this.#intervalFill++
      }
      if (end > mono.length) break
      // A rate below ours leaves some intervals without a frame: they repeat the one before.
      const before = this.#mono[this.#monoLength - 1] ?? 0
      this.#mono[this.#monoLength++] = this.#intervalFill > 0 ? this.#intervalSum / this.#intervalFill : before
      this.#intervalSum = 0
      this.#intervalFill = 0
    }
    this.frames += mono.length
  }

  #closeWindow(): void {
    this.#windows.push(Math.sqrt(this.#windowSquares / this.#windowFill))
    this.#windowSquares = 0
    this.#windowFill = 0
  }

  result() {
    if (this.#windowFill > this.#windowFrames / 2 || this.#windows.length === 0) this.#closeWindow()
    return {
      sampleRate: this.sampleRate,
      channels: this.channels,
      frames: this.frames,
      clipped: this.clipped,
      power: this.samples === 0 ? 0 : this.#squares / this.samples,
      windows: Float32Array.from(this.#windows),
      mono: this.#mono.slice(0, this.#monoLength),
    }
  }
}
