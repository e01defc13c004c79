import type { Address, Hex } from 'viem'
import { ContractError, type ContractErrorOptions } from './contract.ts'
import { open, runStatusName, time } from './text.ts'

// What `ModelFactory` refuses.

export class ModelFactoryZeroPlatformError extends ContractError<Record<string, never>> {
  constructor(args: Record<string, never>, options: ContractErrorOptions = {}) {
    super('ModelFactoryZeroPlatform', args, {
      ...options,
      what: 'A factory without a platform cannot be deployed.',
      remedy: "Give the account that collects the platform's part.",
    })
  }
}

export class ModelFactoryZeroDigestError extends ContractError<{ field: string }> {
  constructor(args: { field: string }, options: ContractErrorOptions = {}) {
    const { field } = args
    super('ModelFactoryZeroDigest', args, {
      ...options,
      what: `The digest ${field} is missing.`,
      remedy: 'Give the sha-256 digest of the document, see cidToDigest.',
    })
  }
}

export class ModelFactoryOutOfBoundsError extends ContractError<{
  field: string
  value: bigint
  min: bigint
  max: bigint
}> {
  constructor(args: { field: string; value: bigint; min: bigint; max: bigint }, options: ContractErrorOptions = {}) {
    const { field, value, min, max } = args
    super('ModelFactoryOutOfBounds', args, {
      ...options,
      what: `${field} is ${value}, outside ${min} to ${max}.`,
      remedy: 'Choose a value within the bounds.',
    })
  }
}

export class ModelFactoryRunExistsError extends ContractError<{ runId: Hex }> {
  constructor(args: { runId: Hex }, options: ContractErrorOptions = {}) {
    const { runId } = args
    super('ModelFactoryRunExists', args, {
      ...options,
      what: `Run ${runId} was opened before.`,
      remedy: 'The same owner opens the same specification once; change the seed for another run.',
    })
  }
}

export class ModelFactoryParentNotAnchoredError extends ContractError<{ parent: Hex; status: number }> {
  constructor(args: { parent: Hex; status: number }, options: ContractErrorOptions = {}) {
    const { parent, status } = args
    super('ModelFactoryParentNotAnchored', args, {
      ...options,
      what: `The parent ${parent} is ${runStatusName(status)}; it has no result to refine.`,
      remedy: 'Refine a run that is anchored, attested or final.',
    })
  }
}

export class ModelFactoryNotOwnerError extends ContractError<{ runId: Hex; caller: Address; owner: Address }> {
  constructor(args: { runId: Hex; caller: Address; owner: Address }, options: ContractErrorOptions = {}) {
    const { runId, caller, owner } = args
    super('ModelFactoryNotOwner', args, {
      ...options,
      what: `Run ${runId} is of ${owner}; ${caller} cannot anchor it.`,
      remedy: 'Use the account that opened it.',
    })
  }
}

export class ModelFactoryUnexpectedStatusError extends ContractError<{ runId: Hex; status: number }> {
  constructor(args: { runId: Hex; status: number }, options: ContractErrorOptions = {}) {
    const { runId, status } = args
    super('ModelFactoryUnexpectedStatus', args, {
      ...options,
      what: `Run ${runId} is ${runStatusName(status)}, which does not allow the call.`,
      remedy: 'A run goes from opened to anchored to attested to final; a rejected one can be anchored again.',
    })
  }
}

export class ModelFactoryOpenedInThisBlockError extends ContractError<{ runId: Hex; openedBlock: bigint }> {
  constructor(args: { runId: Hex; openedBlock: bigint }, options: ContractErrorOptions = {}) {
    const { runId, openedBlock } = args
    super('ModelFactoryOpenedInThisBlock', args, {
      ...options,
      what: `Run ${runId} was opened in block ${openedBlock}, this one.`,
      remedy: 'Anchor it in a later block: a run is opened before it trains.',
    })
  }
}

export class ModelFactoryResultRefusedError extends ContractError<{ runId: Hex; resultHash: Hex }> {
  constructor(args: { runId: Hex; resultHash: Hex }, options: ContractErrorOptions = {}) {
    const { runId, resultHash } = args
    super('ModelFactoryResultRefused', args, {
      ...options,
      what: `The result ${resultHash} of run ${runId} was refused.`,
      remedy: 'Anchor another result.',
    })
  }
}

export class ModelFactoryNotValidatorError extends ContractError<{
  runId: Hex
  recovered: Address
  validatorId: bigint
}> {
  constructor(args: { runId: Hex; recovered: Address; validatorId: bigint }, options: ContractErrorOptions = {}) {
    const { runId, recovered } = args
    super('ModelFactoryNotValidator', args, {
      ...options,
      what: `The vote on run ${runId} was signed by ${recovered}, which is no signing key of a validator with stake.`,
      remedy: 'Sign the present result with the registered signing key, for this chain and contract.',
    })
  }
}

export class ModelFactoryOwnRunError extends ContractError<{ runId: Hex; validatorId: bigint }> {
  constructor(args: { runId: Hex; validatorId: bigint }, options: ContractErrorOptions = {}) {
    const { runId, validatorId } = args
    super('ModelFactoryOwnRun', args, {
      ...options,
      what: `Validator ${validatorId} belongs to the owner of run ${runId} and has no vote on it.`,
      remedy: 'Leave it to the others.',
    })
  }
}

export class ModelFactoryZeroAmountError extends ContractError<Record<string, never>> {
  constructor(args: Record<string, never>, options: ContractErrorOptions = {}) {
    super('ModelFactoryZeroAmount', args, {
      ...options,
      what: 'The amount is zero.',
      remedy: 'Give at least one wei of OPEN.',
    })
  }
}

export class ModelFactoryInvalidProofError extends ContractError<{
  runId: Hex
  index: bigint
  account: Address
  share: bigint
}> {
  constructor(
    args: { runId: Hex; index: bigint; account: Address; share: bigint },
    options: ContractErrorOptions = {},
  ) {
    const { runId, index, account, share } = args
    super('ModelFactoryInvalidProof', args, {
      ...options,
      what: `The proof of share ${share} of ${account} (leaf ${index}) does not lead to run ${runId}.`,
      remedy: 'Build it from the attribution the run anchored, see shareTreeOf.',
    })
  }
}

export class ModelFactoryShareTotalExceededError extends ContractError<{
  runId: Hex
  seen: bigint
  share: bigint
  total: bigint
}> {
  constructor(args: { runId: Hex; seen: bigint; share: bigint; total: bigint }, options: ContractErrorOptions = {}) {
    const { runId, seen, share, total } = args
    super('ModelFactoryShareTotalExceeded', args, {
      ...options,
      what: `The shares of run ${runId} add up to more than one whole: ${seen} of ${total} were paid before a share of ${share}.`,
      remedy: 'Its anchored tree is wrong; what was paid before stays paid.',
    })
  }
}

export class ModelFactoryVoucherExpiredError extends ContractError<{ deadline: bigint; timestamp: bigint }> {
  constructor(args: { deadline: bigint; timestamp: bigint }, options: ContractErrorOptions = {}) {
    const { deadline, timestamp } = args
    super('ModelFactoryVoucherExpired', args, {
      ...options,
      what: `The voucher was valid until ${time(deadline)}; the block is of ${time(timestamp)}.`,
      remedy: 'Ask the payer for another.',
    })
  }
}

export class ModelFactoryInvalidSignatureError extends ContractError<{ payer: Address }> {
  constructor(args: { payer: Address }, options: ContractErrorOptions = {}) {
    const { payer } = args
    super('ModelFactoryInvalidSignature', args, {
      ...options,
      what: `The voucher is not signed by ${payer} for this run, chain and contract.`,
      remedy: 'Sign exactly these values with signVoucher.',
    })
  }
}

export class ModelFactoryNothingToCollectError extends ContractError<{
  runId: Hex
  payer: Address
  total: bigint
  collected: bigint
  balance: bigint
}> {
  constructor(
    args: { runId: Hex; payer: Address; total: bigint; collected: bigint; balance: bigint },
    options: ContractErrorOptions = {},
  ) {
    const { payer, total, collected, balance } = args
    super('ModelFactoryNothingToCollect', args, {
      ...options,
      what: `The voucher of ${payer} brings nothing: of ${open(total)}, ${open(collected)} are collected, and the deposit holds ${open(balance)}.`,
      remedy: 'Wait for a voucher with a higher total, or for another deposit.',
    })
  }
}

export class ModelFactoryDepositTooSmallError extends ContractError<{
  payer: Address
  balance: bigint
  asked: bigint
}> {
  constructor(args: { payer: Address; balance: bigint; asked: bigint }, options: ContractErrorOptions = {}) {
    const { payer, balance, asked } = args
    super('ModelFactoryDepositTooSmall', args, {
      ...options,
      what: `The deposit of ${payer} holds ${open(balance)}; ${open(asked)} were asked for.`,
      remedy: 'Ask for less.',
    })
  }
}

export class ModelFactoryDepositLockedError extends ContractError<{ payer: Address; leavesAt: bigint }> {
  constructor(args: { payer: Address; leavesAt: bigint }, options: ContractErrorOptions = {}) {
    const { payer, leavesAt } = args
    super('ModelFactoryDepositLocked', args, {
      ...options,
      what: `The deposit of ${payer} cannot be withdrawn before ${time(leavesAt)}.`,
      remedy: 'Call requestWithdrawal first and wait for its delay.',
    })
  }
}

export class ModelFactoryTransferMismatchError extends ContractError<{ expected: bigint; received: bigint }> {
  constructor(args: { expected: bigint; received: bigint }, options: ContractErrorOptions = {}) {
    const { expected, received } = args
    super('ModelFactoryTransferMismatch', args, {
      ...options,
      what: `OPEN moved ${open(received)} where ${open(expected)} were due.`,
      remedy: 'The token of this deployment is not a plain ERC-20 and cannot be used.',
    })
  }
}
