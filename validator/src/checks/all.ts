import { clipping } from './audio/clipping.ts'
import { duration } from './audio/duration.ts'
import { loudness } from './audio/loudness.ts'
import { sampleRate } from './audio/sample-rate.ts'
import { silence } from './audio/silence.ts'
import { activeContent } from './common/active-content.ts'
import { decodes } from './common/decodes.ts'
import { exactDuplicate } from './common/exact-duplicate.ts'
import { format } from './common/format.ts'
import { licence } from './common/licence.ts'
import { manifest } from './common/manifest.ts'
import { nearDuplicate } from './common/near-duplicate.ts'
import { relevance } from './common/relevance.ts'
import { sha256 } from './common/sha256.ts'
import { size } from './common/size.ts'
import { blur } from './image/blur.ts'
import { entropy } from './image/entropy.ts'
import { exposure } from './image/exposure.ts'
import { pixels } from './image/pixels.ts'
import { encoding } from './text/encoding.ts'
import { gibberish } from './text/gibberish.ts'
import { language } from './text/language.ts'
import { textLength } from './text/length.ts'
import { personalData } from './text/personal-data.ts'
import { repetition } from './text/repetition.ts'
import { rows } from './text/rows.ts'
import type { Check } from './types.ts'

/** In the order they are run and reported: the cheap and damning first. */
export const CHECKS: readonly Check[] = [
  size,
  sha256,
  format,
  manifest,
  licence,
  decodes,
  activeContent,
  encoding,
  textLength,
  language,
  repetition,
  gibberish,
  personalData,
  rows,
  pixels,
  blur,
  exposure,
  entropy,
  duration,
  sampleRate,
  silence,
  clipping,
  loudness,
  exactDuplicate,
  nearDuplicate,
  relevance,
]
