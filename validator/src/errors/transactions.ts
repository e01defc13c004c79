import { formatGwei } from 'viem'
import { ValidatorError } from './base.ts'

/** The market asks more for gas than the operator allows. */
export class FeeCapError extends ValidatorError {
  override name = 'FeeCapError'
  override readonly remedy = 'retry'

  constructor({ purpose, asked, cap }: { purpose: string; asked: bigint; cap: bigint }) {
    super(`Did not send ${purpose}: gas costs ${formatGwei(asked)} gwei and the limit is ${formatGwei(cap)} gwei.`, {
      metaMessages: ['It is tried again while it is due. Raise `maxFeeGwei` to pay more.'],
    })
  }
}

/** A transaction was sent and bumped as often as allowed, and no block took it. It may still be mined later. */
export class TransactionStuckError extends ValidatorError {
  override name = 'TransactionStuckError'
  override readonly remedy = 'retry'

  constructor({ purpose, nonce, bumps, seconds }: { purpose: string; nonce: number; bumps: number; seconds: number }) {
    super(`${purpose} (nonce ${nonce}) was not mined in ${seconds} s after ${bumps} fee bumps.`, {
      metaMessages: ['The next transaction replaces it. Look at the balance and the fees of the chain.'],
    })
  }
}

/** A transaction was mined and reverted: the state changed between simulation and block. */
export class TransactionRevertedError extends ValidatorError {
  override name = 'TransactionRevertedError'
  override readonly remedy = 'retry'

  constructor({ purpose, hash }: { purpose: string; hash: string }) {
    super(`${purpose} was mined and reverted in ${hash}.`, {
      metaMessages: ['Somebody else was faster, or the state changed in between. The duty looks at the chain again.'],
    })
  }
}

/** The account that pays for gas is empty. */
export class SenderEmptyError extends ValidatorError {
  override name = 'SenderEmptyError'

  constructor({ address, balance, needed }: { address: string; balance: bigint; needed: bigint }) {
    super(`${address} has ${balance} wei and the transaction may cost ${needed} wei.`, {
      metaMessages: ['Send native currency to the account. Attestations go on without it; settling waits for others.'],
    })
  }
}
