import type { Content } from '../decode/content.ts'
import { type AudioFingerprint, audioFingerprint } from './audio.ts'
import { type ImageFingerprint, imageFingerprint } from './image.ts'
import { type TextFingerprint, textFingerprint } from './text.ts'

/** Plain JSON, so that it can be stored beside the contribution. */
export type Fingerprint = TextFingerprint | ImageFingerprint | AudioFingerprint

export type { AudioFingerprint, ImageFingerprint, TextFingerprint }

export function fingerprintOf(content: Content): Fingerprint {
  switch (content.modality) {
    case 'text':
      return textFingerprint(content.text)
    case 'image':
      return imageFingerprint(content.luma)
    case 'audio':
      return audioFingerprint(content.mono)
  }
}
