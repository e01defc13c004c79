import { BaseError } from '@datanets/sdk'

export interface ModelFactoryErrorOptions {
  cause?: unknown
  /** The values, the limit, and what to do next; one line each. */
  metaMessages?: string[]
}

/** Base of every failure of the ModelFactory. */
export class ModelFactoryError extends BaseError {
  override name = 'ModelFactoryError'
  /** HTTP status it answers with. */
  readonly status: 400 | 403 | 404 | 409 | 422 | 500 | 502 | 503 = 500

  constructor(shortMessage: string, { cause, metaMessages }: ModelFactoryErrorOptions = {}) {
    super(shortMessage, { cause: cause as Error | undefined, metaMessages })
  }
}

/** What the API answers, and what the store keeps, of a failure. */
export interface ErrorJson {
  name: string
  message: string
  hints: readonly string[]
}

export function toErrorJson(error: unknown): ErrorJson {
  if (error instanceof BaseError) {
    return { name: error.name, message: error.shortMessage, hints: error.metaMessages ?? [] }
  }
  const message = error instanceof Error ? error.message : String(error)
  return {
    name: 'UnexpectedError',
    message,
    hints: ['This is a fault of the ModelFactory: please report it with its log.'],
  }
}
