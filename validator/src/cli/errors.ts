import { ValidatorError } from '../errors/base.ts'

/** The command line asks for something impossible. */
export class UsageError extends ValidatorError {
  override name = 'UsageError'

  constructor(what: string, remedy: string) {
    super(what, { metaMessages: [remedy] })
  }
}
