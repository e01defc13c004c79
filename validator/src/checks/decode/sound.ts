/** Rate of the mono mix kept for the fingerprint, hertz. */
export const FINGERPRINT_RATE = 11_025
/** Seconds of it kept: enough to recognise, bounded whatever the length of the file. */
export const FINGERPRINT_SECONDS = 60
export const WINDOW_SECONDS = 0.02

const FULL_SCALE = 0.999

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
  #intervalEnd: number

  constructor(sampleRate: number) {
    this.sampleRate = sampleRate
    this.#windowFrames = Math.max(1, Math.round(sampleRate * WINDOW_SECONDS))
    this.#mono = new Float32Array(FINGERPRINT_RATE * FINGERPRINT_SECONDS)
    this.#intervalEnd = sampleRate / FINGERPRINT_RATE
  }

  add(channels: readonly Float32Array[]): void {
    const length = channels[0]?.length ?? 0
    const count = channels.length
    this.channels = Math.max(this.channels, count)
    this.samples += length * count
    const [first, second] = channels
    for (let at = 0; at < length; at++) {
      let sum = 0
      if (count <= 2) {
        sum = this.#measure(first![at]!)
        if (second) sum += this.#measure(second[at]!)
      } else {
        for (let channel = 0; channel < count; channel++) sum += this.#measure(channels[channel]![at]!)
      }
      this.#addMono(sum / count)
    }
  }

  #measure(sample: number): number {
    // Float formats may hold NaN or infinities: they count as full scale and nothing else.
    if (!(sample > -FULL_SCALE && sample < FULL_SCALE)) this.clipped++
    const bounded = sample >= -4 && sample <= 4 ? sample : 0
    this.#squares += bounded * bounded
    return bounded
  }

  #addMono(sample: number): void {
    this.#windowSquares += sample * sample
    if (++this.#windowFill === this.#windowFrames) this.#closeWindow()
    this.#intervalSum += sample
    this.#intervalFill++
    this.frames++
    while (this.frames >= this.#intervalEnd && this.#monoLength < this.#mono.length) {
      if (this.#intervalFill > 0) this.#mono[this.#monoLength] = this.#intervalSum / this.#intervalFill
      else this.#mono[this.#monoLength] = this.#mono[this.#monoLength - 1] ?? 0
      this.#monoLength++
      this.#intervalSum = 0
      this.#intervalFill = 0
      this.#intervalEnd = ((this.#monoLength + 1) * this.sampleRate) / FINGERPRINT_RATE
    }
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
