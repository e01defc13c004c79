import type { Format, Modality } from '../formats.ts'

interface Toggle {
  enabled: boolean
}

export interface CommonRules {
  format: Toggle & { allowed: Format[] }
  size: Toggle & { maxBytes: number }
  sha256: Toggle
  manifest: Toggle
  licence: Toggle & { allowed: string[] }
  decode: Toggle
  activeContent: Toggle
  exactDuplicate: Toggle
  nearDuplicate: Toggle & { maxSimilarity: number }
  relevance: Toggle & { minScore: number; purpose: string }
}

export type PersonalDataKind = 'email' | 'phone' | 'card' | 'key' | 'ipv4' | 'ssn'

export interface TextRules {
  encoding: Toggle & { maxControlShare: number }
  textLength: Toggle & { minCharacters: number; maxCharacters: number; minWords: number }
  language: Toggle & { allowed: string[]; minLetters: number }
  repetition: Toggle & { maxShare: number }
  gibberish: Toggle & { minWordShare: number }
  personalData: Toggle & { kinds: PersonalDataKind[]; maxFindings: number; phoneCountry: string }
  rows: Toggle & { schema: Record<string, unknown> | boolean; maxInvalid: number }
}

export interface ImageRules {
  pixels: Toggle & { minWidth: number; minHeight: number; maxPixels: number }
  blur: Toggle & { minVariance: number }
  exposure: Toggle & { minMean: number; maxMean: number }
  entropy: Toggle & { minBits: number; minCorrelation: number }
}

export interface AudioRules {
  duration: Toggle & { minSeconds: number; maxSeconds: number }
  sampleRate: Toggle & { minHertz: number; maxHertz: number }
  silence: Toggle & { maxShare: number; floorDb: number }
  clipping: Toggle & { maxShare: number }
  loudness: Toggle & { minDb: number }
}

/** Every check with its thresholds, under the name the check reports; those of another modality are never run. */
export interface RuleSet extends CommonRules, TextRules, ImageRules, AudioRules {}

/** A Datanet's rules document: plain JSON, kept on IPFS as dag-json. */
export interface Rules {
  version: 1
  modality: Modality
  checks: RuleSet
}

export type RuleName = keyof RuleSet
