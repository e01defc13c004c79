export { CHECKS } from './all.ts'
export { type FailCode, type PassCode, REASON_CODES, type ReasonCode } from './codes.ts'
export { decode } from './decode/decode.ts'
export { ChecksError, DecodeError, DecodeLimitError, FingerprintKindError, RulesInvalidError } from './errors.ts'
export type { AudioFingerprint, Fingerprint, ImageFingerprint, TextFingerprint } from './fingerprint/fingerprint.ts'
export { FORMATS, type Format, formatOfName, formatsOf, MODALITIES, type Modality, modalityOf } from './formats.ts'
export { DEFAULT_DECODE_LIMITS, type DecodeLimits } from './limits.ts'
export { nearDuplicateIndex } from './near/near-duplicate-index.ts'
export type { RelevanceModel, RelevanceScore, Terms } from './relevance/model.ts'
export { TermRelevance } from './relevance/term-relevance.ts'
export { defaultRules } from './rules/defaults.ts'
export { parseRules } from './rules/parse.ts'
export type { PersonalDataKind, RuleName, RuleSet, Rules } from './rules/rules.ts'
export { compare, type Inspection, inspect, runChecks, voteOf } from './run.ts'
export type {
  Check,
  CheckContext,
  CheckResult,
  CheckScope,
  CheckStage,
  CheckVerdict,
  FileInput,
  FileVerdict,
  NearDuplicateIndex,
  NearDuplicateMatch,
  Vote,
} from './types.ts'
