import type { ReasonCode } from '../codes.ts'

/** Decoded text, whatever container it came in. */
export interface TextContent {
  modality: 'text'
  text: string
  /** Bytes that were not valid in the encoding found, as replacement characters. */
  invalid: number
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
  images: number
}

/** A picture as the checks measure it. */
export interface ImageContent {
  modality: 'image'
  width: number
  height: number
  /** Luma of the whole picture, long side at most `LUMA_SIDE`, 8 bit, row by row. */
  luma: Plane
}

export interface Plane {
  width: number
  height: number
  data: Uint8Array
}

/** Sound as the checks measure it; samples themselves are not kept. */
export interface AudioContent {
  modality: 'audio'
  sampleRate: number
  channels: number
  /** Frames: samples of one channel. */
  frames: number
  /** Frames its headers promise, where they do. */
  declaredFrames?: number
  clipped: number
  /** Mean square over all channels. */
  power: number
  /** RMS of each 20 ms window of the mono mix. */
  windows: Float32Array
  /** Mono mix at `FINGERPRINT_RATE`, its first minute of sound. */
  mono: Float32Array
}

/** What a decoder found beside the content. */
export interface ContentFindings {
  findings: { code: ReasonCode; message: string; measured?: number | string }[]
}

export type Content = (TextContent | ImageContent | AudioContent) & ContentFindings
