import { BaseError } from '@datanets/sdk'

/** What the caller's loop should do: try again later, or stop until a person has acted. */
export type Remedy = 'retry' | 'stop'

export interface ValidatorErrorOptions {
  cause?: unknown
  /** Lines that say limit, values and what to do next. */
  metaMessages?: string[]
}

/** Base of every failure of the node and its CLI. */
export class ValidatorError extends BaseError {
  override name = 'ValidatorError'
  readonly remedy: Remedy = 'stop'

  constructor(shortMessage: string, { cause, metaMessages }: ValidatorErrorOptions = {}) {
    super(shortMessage, { cause: cause as Error | undefined, metaMessages })
  }
}
