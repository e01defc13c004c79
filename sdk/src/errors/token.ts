import type { Address, Hex } from 'viem'
import { ContractError, type ContractErrorOptions } from './contract.ts'
import { many, open, time } from './text.ts'

// What OPEN and the libraries beneath the contracts refuse.

export class ERC20InsufficientBalanceError extends ContractError<{ sender: Address; balance: bigint; needed: bigint }> {
  constructor(args: { sender: Address; balance: bigint; needed: bigint }, options: ContractErrorOptions = {}) {
    const { sender, balance, needed } = args
    super('ERC20InsufficientBalance', args, {
      ...options,
      what: `${sender} holds ${open(balance)}; ${open(needed)} are needed.`,
      remedy: 'Get more OPEN, or use a smaller amount.',
    })
  }
}

export class ERC20InsufficientAllowanceError extends ContractError<{
  spender: Address
  allowance: bigint
  needed: bigint
}> {
  constructor(args: { spender: Address; allowance: bigint; needed: bigint }, options: ContractErrorOptions = {}) {
    const { spender, allowance, needed } = args
    super('ERC20InsufficientAllowance', args, {
      ...options,
      what: `${spender} may spend ${open(allowance)} of the caller's; ${open(needed)} are needed.`,
      remedy: 'Approve the amount first; actions do it unless told not to.',
    })
  }
}

export class ERC20InvalidReceiverError extends ContractError<{ receiver: Address }> {
  constructor(args: { receiver: Address }, options: ContractErrorOptions = {}) {
    const { receiver } = args
    super('ERC20InvalidReceiver', args, {
      ...options,
      what: `OPEN cannot be sent to ${receiver}.`,
      remedy: 'Choose another payout address.',
    })
  }
}

export class ERC20InvalidSenderError extends ContractError<{ sender: Address }> {
  constructor(args: { sender: Address }, options: ContractErrorOptions = {}) {
    const { sender } = args
    super('ERC20InvalidSender', args, {
      ...options,
      what: `OPEN cannot be sent from ${sender}.`,
      remedy: 'Use an account of its own.',
    })
  }
}

export class ERC20InvalidApproverError extends ContractError<{ approver: Address }> {
  constructor(args: { approver: Address }, options: ContractErrorOptions = {}) {
    const { approver } = args
    super('ERC20InvalidApprover', args, {
      ...options,
      what: `${approver} cannot approve.`,
      remedy: 'Use an account of its own.',
    })
  }
}

export class ERC20InvalidSpenderError extends ContractError<{ spender: Address }> {
  constructor(args: { spender: Address }, options: ContractErrorOptions = {}) {
    const { spender } = args
    super('ERC20InvalidSpender', args, {
      ...options,
      what: `${spender} cannot be approved.`,
      remedy: 'Approve the contract of the deployment.',
    })
  }
}

export class ERC2612ExpiredSignatureError extends ContractError<{ deadline: bigint }> {
  constructor(args: { deadline: bigint }, options: ContractErrorOptions = {}) {
    const { deadline } = args
    super('ERC2612ExpiredSignature', args, {
      ...options,
      what: `The permit was valid until ${time(deadline)}.`,
      remedy: 'Sign again with a later deadline.',
    })
  }
}

export class ERC2612InvalidSignerError extends ContractError<{ signer: Address; owner: Address }> {
  constructor(args: { signer: Address; owner: Address }, options: ContractErrorOptions = {}) {
    const { signer, owner } = args
    super('ERC2612InvalidSigner', args, {
      ...options,
      what: `The permit was signed by ${signer}, not by ${owner}.`,
      remedy: 'Sign with the account that holds the OPEN.',
    })
  }
}

export class InvalidAccountNonceError extends ContractError<{ account: Address; currentNonce: bigint }> {
  constructor(args: { account: Address; currentNonce: bigint }, options: ContractErrorOptions = {}) {
    const { account, currentNonce } = args
    super('InvalidAccountNonce', args, {
      ...options,
      what: `Nonce ${currentNonce} of ${account} is next.`,
      remedy: 'Sign again: another permit was used in between.',
    })
  }
}

export class SafeERC20FailedOperationError extends ContractError<{ token: Address }> {
  constructor(args: { token: Address }, options: ContractErrorOptions = {}) {
    const { token } = args
    super('SafeERC20FailedOperation', args, {
      ...options,
      what: `The token ${token} did not do the transfer.`,
      remedy: 'Check that the deployment names the real OPEN of this chain.',
    })
  }
}

export class ReentrancyGuardReentrantCallError extends ContractError<Record<string, never>> {
  constructor(args: Record<string, never>, options: ContractErrorOptions = {}) {
    super('ReentrancyGuardReentrantCall', args, {
      ...options,
      what: 'The contract was called again from within a call.',
      remedy: 'Call it from an account or from a contract that does not call back.',
    })
  }
}

export class FailedCallError extends ContractError<Record<string, never>> {
  constructor(args: Record<string, never>, options: ContractErrorOptions = {}) {
    super('FailedCall', args, {
      ...options,
      what: 'A call within the batch failed without saying why.',
      remedy: 'Send the calls one by one to see which.',
    })
  }
}

export class AddressEmptyCodeError extends ContractError<{ target: Address }> {
  constructor(args: { target: Address }, options: ContractErrorOptions = {}) {
    const { target } = args
    super('AddressEmptyCode', args, {
      ...options,
      what: `${target} has no code.`,
      remedy: 'Check the addresses of the deployment.',
    })
  }
}

export class ECDSAInvalidSignatureError extends ContractError<Record<string, never>> {
  constructor(args: Record<string, never>, options: ContractErrorOptions = {}) {
    super('ECDSAInvalidSignature', args, {
      ...options,
      what: 'The signature is of nobody.',
      remedy: 'Sign again with the account itself.',
    })
  }
}

export class ECDSAInvalidSignatureLengthError extends ContractError<{ length: bigint }> {
  constructor(args: { length: bigint }, options: ContractErrorOptions = {}) {
    const { length } = args
    super('ECDSAInvalidSignatureLength', args, {
      ...options,
      what: `A signature of ${many(length, 'byte')} is none.`,
      remedy: "Give the 65 bytes of an account's signature.",
    })
  }
}

export class ECDSAInvalidSignatureSError extends ContractError<{ s: Hex }> {
  constructor(args: { s: Hex }, options: ContractErrorOptions = {}) {
    super('ECDSAInvalidSignatureS', args, {
      ...options,
      what: 'The signature is the second, malleated form of another.',
      remedy: 'Give the signature as the account made it.',
    })
  }
}

export class InvalidShortStringError extends ContractError<Record<string, never>> {
  constructor(args: Record<string, never>, options: ContractErrorOptions = {}) {
    super('InvalidShortString', args, {
      ...options,
      what: 'A name in the contract cannot be read.',
      remedy: 'Check the addresses of the deployment.',
    })
  }
}

export class StringTooLongError extends ContractError<{ str: string }> {
  constructor(args: { str: string }, options: ContractErrorOptions = {}) {
    const { str } = args
    super('StringTooLong', args, {
      ...options,
      what: `The text "${str}" is too long for the contract.`,
      remedy: 'Use a shorter one.',
    })
  }
}
