import type { Hex } from 'viem'
import { BaseError } from './base.ts'

/** No run has this id. */
export class UnknownRunError extends BaseError {
  constructor({ runId }: { runId: Hex }) {
    super(`There is no run ${runId}.`, { metaMessages: ['List the runs with getRuns.'], name: 'UnknownRunError' })
  }
}

/** The events the node gave do not lead to the run the chain holds. */
export class InconsistentRunError extends BaseError {
  constructor({ reason, runId }: { runId: Hex; reason: string }) {
    super(`The events of run ${runId} do not fit what the chain holds: ${reason}.`, {
      metaMessages: [
        'The node left out events, or a block was replaced while reading. Read again, or use another node.',
      ],
      name: 'InconsistentRunError',
    })
  }
}
