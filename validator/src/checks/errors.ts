import type { FailCode } from './codes.ts'

/** Base of what this library throws; `name` is the class, `message` says what, limit and remedy. */
export class ChecksError extends Error {
  override name = 'ChecksError'
}

/** The rules document is not usable; `problems` lists every fault, not only the first. */
export class RulesInvalidError extends ChecksError {
  override name = 'RulesInvalidError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(
      `The rules document has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n` +
        `${problems.map((problem) => `- ${problem}`).join('\n')}\n` +
        'Correct them, or leave a check out to get its default.',
    )
    this.problems = problems
  }
}

/** The bytes cannot be decoded; becomes a failed `decode` check, never an exception of `runChecks`. */
export class DecodeError extends ChecksError {
  override name = 'DecodeError'
  readonly code: FailCode
  readonly measured: number | string | null
  readonly threshold: number | string | null

  constructor(
    code: FailCode,
    message: string,
    options: { measured?: number | string; threshold?: number | string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.code = code
    this.measured = options.measured ?? null
    this.threshold = options.threshold ?? null
  }
}

export class DecodeLimitError extends DecodeError {
  override name = 'DecodeLimitError'

  constructor(what: string, measured: number | string, limit: number) {
    super(
      'decode-limit-exceeded',
      `Decoding stopped at ${measured} ${what}; the limit is ${limit}. Send a smaller file.`,
      {
        measured,
        threshold: limit,
      },
    )
  }
}

/** A fingerprint of one kind was given to an index of another. */
export class FingerprintKindError extends ChecksError {
  override name = 'FingerprintKindError'

  constructor(got: string, expected: string) {
    super(
      `This index holds ${expected} fingerprints and was given ${got}. Use nearDuplicateIndex(modality) of the file's modality.`,
    )
  }
}
