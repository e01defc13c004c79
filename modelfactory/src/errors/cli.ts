import type { ErrorJson } from './base.ts'
import { ModelFactoryError } from './base.ts'

/** No factory answers. */
export class FactoryUnreachableError extends ModelFactoryError {
  override name = 'FactoryUnreachableError'
  override readonly status = 503

  constructor(url: string, cause: unknown) {
    super(`No ModelFactory answers at ${url}.`, {
      cause,
      metaMessages: ['Start one (`npm start`, or node modelfactory/src/main.ts), or name another with --url.'],
    })
  }
}

/** A factory answered with a failure of its own. */
export class FactoryAnswerError extends ModelFactoryError {
  constructor({ hints, message, name }: ErrorJson) {
    super(message, { metaMessages: [...hints] })
    this.name = name
  }
}

/** A command's arguments cannot be used. */
export class CommandArgumentError extends ModelFactoryError {
  override name = 'CommandArgumentError'
  override readonly status = 400

  constructor(problem: string, remedy: string) {
    super(`${problem}.`, { metaMessages: [remedy] })
  }
}
