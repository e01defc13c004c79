import { expect } from 'chai'
import { flacOf, mp3Of, wavOf } from '../../../../scripts/samples/encoders.ts'
import { type Sound, silenceOf, tune } from '../../../../scripts/samples/sounds.ts'
import { codesOf, resultOf, verdictOf } from '../testing.ts'

const sound = tune(5, 2, 22_050)
const shaped = (change: (sample: number, at: number) => number): Sound => ({
  sampleRate: 22_050,
  channels: [sound.channels[0]!.map(change)],
})
const sine = (level: number): Sound => ({
  sampleRate: 22_050,
  channels: [Float32Array.from({ length: 22_050 }, (_, at) => level * Math.sin((2 * Math.PI * 441 * at) / 22_050))],
})

describe('audio checks', function () {
  this.timeout(20_000)
  const rejected: [string, Sound, string][] = [
    ['digital silence', silenceOf(1), 'silent'],
    ['a tick in silence', { sampleRate: 22_050, channels: [new Float32Array(44_100).fill(0.5, 0, 200)] }, 'silent'],
    ['full-scale squares', shaped((sample) => Math.sign(sample)), 'clipped'],
    ['a whisper', shaped((sample) => sample / 2_000), 'quiet'],
    ['a blip', { sampleRate: 22_050, channels: [sound.channels[0]!.slice(0, 2_000)] }, 'too-short'],
    ['4 kHz', { sampleRate: 4_000, channels: sound.channels }, 'sample-rate'],
  ]
  for (const [what, made, code] of rejected) {
    it(`reject ${what} as ${code}`, async () => expect(codesOf(await verdictOf(wavOf(made), 'wav'))).to.include(code))
  }

  it('measure loudness, duration and rate exactly', async () => {
    const verdict = await verdictOf(wavOf(sine(0.5)), 'wav')
    expect(resultOf(verdict, 'loudness')?.measured).to.equal(-9.03)
    expect(resultOf(verdict, 'duration')?.measured).to.equal(1)
    expect(resultOf(verdict, 'sampleRate')?.measured).to.equal(22_050)
  })

  it('measure the same of wav and flac, and nearly of mp3', async () => {
    const loudness = async (bytes: Uint8Array, format: 'wav' | 'flac' | 'mp3') =>
      resultOf(await verdictOf(bytes, format), 'loudness')!.measured as number
    const wav = await loudness(wavOf(sound), 'wav')
    expect(await loudness(await flacOf(sound), 'flac')).to.equal(wav)
    expect(await loudness(await mp3Of(sound), 'mp3')).to.be.closeTo(wav, 0.6)
  })

  for (const format of ['wav', 'flac'] as const) {
    it(`reject a ${format} cut in half as truncated or undecodable`, async () => {
      const bytes = format === 'wav' ? wavOf(sound) : await flacOf(sound)
      const codes = codesOf(await verdictOf(bytes.subarray(0, bytes.length >> 1), format))
      expect(codes).to.satisfy((all: string[]) => all.includes('truncated') || all.includes('decode-failed'))
    })
  }

  it('take stereo', async () => {
    const stereo = {
      sampleRate: 22_050,
      channels: [sound.channels[0]!, shaped((sample) => -sample * 0.7).channels[0]!],
    }
    expect(codesOf(await verdictOf(wavOf(stereo), 'wav'))).to.deep.equal([])
    expect(codesOf(await verdictOf(await flacOf(stereo), 'flac'))).to.deep.equal([])
  })
})
