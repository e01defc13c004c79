import { BaseError } from './base.ts'

/** A wallet took a batch of calls and reports that it failed. */
export class BatchFailedError extends BaseError {
  constructor({ id, status }: { id: string; status: string }) {
    super(`The wallet reports the batch ${id} as ${status}.`, {
      metaMessages: ['Nothing of it happened. Simulate the calls one by one to see which cannot succeed.'],
      name: 'BatchFailedError',
    })
  }
}
