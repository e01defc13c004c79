import { ModelFactoryError } from './base.ts'

/** The demonstration of all families found something that must not be. */
export class DemoFailedError extends ModelFactoryError {
  override name = 'DemoFailedError'

  constructor(what: string) {
    super(`The families' runs failed: ${what}.`)
  }
}
