import { ModelFactoryError } from './base.ts'

/** A run has no model to talk to. */
export class ModelNotReadyError extends ModelFactoryError {
  override name = 'ModelNotReadyError'
  override readonly status = 409

  constructor(id: string, state: string) {
    super(`Run ${id} is ${state} and has no model to talk to yet.`, {
      metaMessages: ['A run can be talked to once its adapter is saved.'],
    })
  }
}

/** A chat request has fields that cannot be used. */
export class ChatRequestError extends ModelFactoryError {
  override name = 'ChatRequestError'
  override readonly status = 400

  constructor(problem: string) {
    super(`The chat request cannot be used: ${problem}.`, {
      metaMessages: [
        'Send {"messages": [{"role": "user", "content": "…"}]}, at most 32 messages of 16,000 characters.',
      ],
    })
  }
}

/** A fee voucher does not pay what it should. */
export class VoucherRefusedError extends ModelFactoryError {
  override name = 'VoucherRefusedError'
  override readonly status = 422

  constructor(problem: string, metaMessages: string[] = []) {
    super(`The voucher is refused: ${problem}.`, { metaMessages })
  }
}
