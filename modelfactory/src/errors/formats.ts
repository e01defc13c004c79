import { ModelFactoryError } from './base.ts'

/** A block of a run is not of the shape it must have. Whoever anchored it is wrong, not the storage. */
export class RunBlockInvalidError extends ModelFactoryError {
  override name = 'RunBlockInvalidError'
  override readonly status = 422
  readonly block: string
  readonly problem: string

  constructor(block: string, problem: string, cause?: unknown) {
    super(`The ${block} block of the run cannot be used: ${problem}.`, {
      cause,
      metaMessages: ['Its shape is documented in docs/modelfactory.md.'],
    })
    this.block = block
    this.problem = problem
  }
}
