import { ModelFactoryError } from './base.ts'

/** A hashed object holds a number whose printing is not the same everywhere. */
export class CanonicalNumberError extends ModelFactoryError {
  override name = 'CanonicalNumberError'
  override readonly status = 400

  constructor(path: string, value: number) {
    super(`${path} is ${value}: hashed objects hold whole numbers up to 2^53 - 1 only.`, {
      metaMessages: ['Write it as a decimal string, such as "0.00005".'],
    })
  }
}
