import { ChecksError } from '../checks/index.ts'

export class NetworkDeniedError extends ChecksError {
  override name = 'NetworkDeniedError'

  constructor() {
    super('A decoder tried to use the network; checking has none. What a file refers to is never fetched.')
  }
}

/** The worker could not be started or was ended from outside: an outage of this node, never a verdict. */
export class WorkerStartError extends ChecksError {
  override name = 'WorkerStartError'

  constructor(reason: string) {
    super(
      `The check worker did not start: ${reason}. See that Node 24 and the packages of the validator are installed.`,
    )
  }
}

export class PoolClosedError extends ChecksError {
  override name = 'PoolClosedError'

  constructor() {
    super('This check pool is closed and takes no more files. Make a new one with createCheckPool().')
  }
}
