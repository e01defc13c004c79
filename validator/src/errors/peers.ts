import { ValidatorError } from './base.ts'

/** A peer did not answer, or not as agreed. Says nothing about the lot. */
export class PeerAnswerError extends ValidatorError {
  override name = 'PeerAnswerError'
  override readonly remedy = 'retry'

  constructor(url: string, why: string, cause?: unknown) {
    super(`The peer at ${url} gave no usable answer: ${why.slice(0, 200)}.`, { cause })
  }
}
