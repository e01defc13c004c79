import { formatsOf, type Modality } from '../formats.ts'
import type { RuleSet, Rules } from './rules.ts'

/** Similarity above which two files count as the same: read off the curves of `npm run bench:validator`. */
export const NEAR_DUPLICATE_DEFAULT: Record<Modality, number> = { text: 0.5, image: 0.85, audio: 0.6 }

function ruleSet(modality: Modality): RuleSet {
  return {
    format: { enabled: true, allowed: [...formatsOf(modality)] },
    size: { enabled: true, maxBytes: 10_000_000 },
    sha256: { enabled: true },
    manifest: { enabled: true },
    licence: { enabled: true, allowed: [] },
    decode: { enabled: true },
    activeContent: { enabled: true },
    exactDuplicate: { enabled: true },
    nearDuplicate: { enabled: true, maxSimilarity: NEAR_DUPLICATE_DEFAULT[modality] },
    relevance: { enabled: false, minScore: 0.02, purpose: '' },

    encoding: { enabled: true, maxControlShare: 0.001 },
    textLength: { enabled: true, minCharacters: 20, maxCharacters: 10_000_000, minWords: 4 },
    language: { enabled: true, allowed: [], minLetters: 60 },
    repetition: { enabled: true, maxShare: 0.6 },
    gibberish: { enabled: true, minWordShare: 0.5 },
    personalData: {
      enabled: true,
      kinds: ['email', 'phone', 'card', 'key', 'ipv4', 'ssn'],
      maxFindings: 0,
      phoneCountry: '',
    },
    rows: { enabled: false, schema: true, maxInvalid: 0 },

    pixels: { enabled: true, minWidth: 16, minHeight: 16, maxPixels: 64_000_000 },
    blur: { enabled: true, minVariance: 4 },
    exposure: { enabled: true, minMean: 4, maxMean: 251 },
    entropy: { enabled: true, minBits: 0.3, minCorrelation: 0.1 },

    duration: { enabled: true, minSeconds: 0.2, maxSeconds: 3600 },
    sampleRate: { enabled: true, minHertz: 8_000, maxHertz: 192_000 },
    silence: { enabled: true, maxShare: 0.95, floorDb: -60 },
    clipping: { enabled: true, maxShare: 0.02 },
    loudness: { enabled: true, minDb: -55 },
  }
}

/** Lenient rules: what an ordinary folder of files passes. Each call gives a fresh object. */
export function defaultRules(modality: Modality): Rules {
  return { version: 1, modality, checks: ruleSet(modality) }
}
