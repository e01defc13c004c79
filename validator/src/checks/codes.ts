/**
 * Every reason a check can give, closed, so that a report can be read by a program.
 * `ok`, `not-checked` and `undetermined` go with a pass, `unavailable` with an abstention, the rest with a fail.
 */
export const REASON_CODES = {
  ok: 'measured and within the rule',
  'not-checked': 'what the check compares with was not given (no corpus, no manifest, no purpose)',
  undetermined: 'too little evidence to fail the file, such as a language guess on ten letters',
  unavailable: 'the check could not run on this node; the file is not to blame',

  'format-not-allowed': 'the Datanet does not take this format',
  'format-mismatch': 'the bytes are not of the declared format',
  'trailing-data': 'bytes follow the end of the format: two files in one',
  'size-mismatch': 'the length is not the declared length',
  'too-large': 'more bytes than the rules allow',
  empty: 'no content',
  'hash-mismatch': 'the sha-256 is not the declared one',
  'manifest-mismatch': 'the manifest names another chain, contract, Datanet, contributor or content',
  'manifest-incomplete': 'the manifest lacks a field that binds it',
  'exact-duplicate': 'the same bytes were accepted before',
  'near-duplicate': 'an accepted contribution is nearly the same',
  'licence-missing': 'the manifest has no licence',
  'licence-not-allowed': 'the licence is not one the rules list',
  'active-content': 'script or a program inside content or metadata',
  'off-topic': 'little in common with the purpose of the Datanet',

  'decode-failed': 'a decoder refused the bytes',
  truncated: 'the content ends before its headers say',
  'decode-limit-exceeded': 'decoding passed a limit on time, memory, pixels, samples, pages, entries or expansion',
  'decoder-crashed': 'the decoder brought its process down',

  'bad-encoding': 'not clean UTF-8 or UTF-16 text',
  'contains-images': 'a pdf of a text Datanet has an image inside',
  'too-short': 'less text or sound than the rules ask',
  'too-long': 'more text or sound than the rules allow',
  'wrong-language': 'the language is not one the rules list',
  repetitive: 'the same lines or phrases over and over',
  gibberish: 'the characters do not form words',
  'personal-data': 'e-mail, phone, card, address or key of a person or system',
  'row-invalid': 'a row does not match the schema of the Datanet',

  'too-small': 'fewer pixels than the rules ask',
  'too-many-pixels': 'more pixels than the rules allow',
  blurred: 'no sharp edge anywhere',
  'under-exposed': 'nearly black all over',
  'over-exposed': 'nearly white all over',
  flat: 'next to no information: one colour, or nearly',
  noise: 'neighbouring pixels have nothing to do with each other',

  'sample-rate': 'the sample rate is outside the rules',
  silent: 'too much of the sound is silence',
  clipped: 'too many samples at full scale',
  quiet: 'the whole is below the loudness the rules ask',
} as const

export type ReasonCode = keyof typeof REASON_CODES

export type PassCode = 'ok' | 'not-checked' | 'undetermined'
export type FailCode = Exclude<ReasonCode, PassCode | 'unavailable'>
