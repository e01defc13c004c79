import type { Hex } from 'viem'
import { BaseError } from './base.ts'

export type ContractErrorOptions = { cause?: unknown }

/** A contract refused a call. One subclass per error of the contracts; `args` are the values it carried. */
export class ContractError<args = unknown> extends BaseError {
  /** Name of the error in the contract. */
  readonly errorName: string
  readonly args: args

  constructor(
    errorName: string,
    args: args,
    { cause, remedy, what }: ContractErrorOptions & { what: string; remedy: string },
  ) {
    super(what, { cause, details: '', metaMessages: [remedy], name: `${errorName}Error` })
    this.errorName = errorName
    this.args = args
  }
}

/** A contract refused a call with data that is no error of ours. */
export class UnknownRevertError extends BaseError {
  readonly data: Hex | undefined

  constructor({ cause, data, reason }: { cause?: unknown; data?: Hex | undefined; reason?: string | undefined }) {
    super(
      `The contract refused the call${reason ? `: ${reason}` : data && data !== '0x' ? ` with ${data.slice(0, 74)}` : ' without saying why'}.`,
      {
        cause,
        metaMessages: [
          'Check that the addresses of the deployment belong to this chain and to this version of the SDK.',
        ],
        name: 'UnknownRevertError',
      },
    )
    this.data = data
  }
}
