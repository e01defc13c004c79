import type { Address, Hex } from 'viem'
import { ContractError, type ContractErrorOptions } from './contract.ts'
import { many, open, time } from './text.ts'

// What `Validators` refuses.

export class ValidatorsUnknownError extends ContractError<{ validatorId: bigint }> {
  constructor(args: { validatorId: bigint }, options: ContractErrorOptions = {}) {
    const { validatorId } = args
    super('ValidatorsUnknown', args, {
      ...options,
      what: `Validator ${validatorId} does not exist.`,
      remedy: 'List them with getValidators; their ids count from 1.',
    })
  }
}

export class ValidatorsAddressTakenError extends ContractError<{ taken: Address; validatorId: bigint }> {
  constructor(args: { taken: Address; validatorId: bigint }, options: ContractErrorOptions = {}) {
    const { taken, validatorId } = args
    super('ValidatorsAddressTaken', args, {
      ...options,
      what: `${taken} already belongs to validator ${validatorId}.`,
      remedy: 'Use an address that was never an account or key of a validator.',
    })
  }
}

export class ValidatorsInvalidKeyProofError extends ContractError<{ signingKey: Address; recovered: Address }> {
  constructor(args: { signingKey: Address; recovered: Address }, options: ContractErrorOptions = {}) {
    const { signingKey, recovered } = args
    super('ValidatorsInvalidKeyProof', args, {
      ...options,
      what: `The signing key ${signingKey} did not sign for this account; the signature is of ${recovered}.`,
      remedy: "Sign SigningKey(address account) with the key itself; register does it when given the key's account.",
    })
  }
}

export class ValidatorsUnauthorizedError extends ContractError<{ caller: Address; expected: Address }> {
  constructor(args: { caller: Address; expected: Address }, options: ContractErrorOptions = {}) {
    const { caller, expected } = args
    super('ValidatorsUnauthorized', args, {
      ...options,
      what: `${caller} cannot call this; only ${expected} can.`,
      remedy: 'Use the account that registered the validator.',
    })
  }
}

export class ValidatorsUnitsOutOfBoundsError extends ContractError<{ units: bigint; max: bigint }> {
  constructor(args: { units: bigint; max: bigint }, options: ContractErrorOptions = {}) {
    const { units, max } = args
    super('ValidatorsUnitsOutOfBounds', args, {
      ...options,
      what: `${many(units, 'unit')} cannot be moved: from 1 to ${max} can.`,
      remedy: 'Choose a number of units within the bounds.',
    })
  }
}

export class ValidatorsStillUnbondingError extends ContractError<{ validatorId: bigint; unbondsAt: bigint }> {
  constructor(args: { validatorId: bigint; unbondsAt: bigint }, options: ContractErrorOptions = {}) {
    const { validatorId, unbondsAt } = args
    super('ValidatorsStillUnbonding', args, {
      ...options,
      what: `The stake of validator ${validatorId} is locked until ${time(unbondsAt)}.`,
      remedy: 'Withdraw after that time.',
    })
  }
}

export class ValidatorsSlashedError extends ContractError<{ validatorId: bigint }> {
  constructor(args: { validatorId: bigint }, options: ContractErrorOptions = {}) {
    const { validatorId } = args
    super('ValidatorsSlashed', args, {
      ...options,
      what: `Validator ${validatorId} was slashed.`,
      remedy: 'It never returns; register another account.',
    })
  }
}

export class ValidatorsNoFaultError extends ContractError<{ lot: Hex; validatorId: bigint }> {
  constructor(args: { lot: Hex; validatorId: bigint }, options: ContractErrorOptions = {}) {
    const { validatorId } = args
    super('ValidatorsNoFault', args, {
      ...options,
      what: `The two attestations of validator ${validatorId} say the same.`,
      remedy: 'A fault is two different votes for one lot.',
    })
  }
}

export class ValidatorsSignersDifferError extends ContractError<{ first: Address; second: Address }> {
  constructor(args: { first: Address; second: Address }, options: ContractErrorOptions = {}) {
    const { first, second } = args
    super('ValidatorsSignersDiffer', args, {
      ...options,
      what: `The attestations were signed by ${first} and ${second}, which are not keys of one validator.`,
      remedy: 'Give two attestations of the same validator for the same lot.',
    })
  }
}

export class ValidatorsRandomnessNotReadyError extends ContractError<{ anchor: bigint }> {
  constructor(args: { anchor: bigint }, options: ContractErrorOptions = {}) {
    const { anchor } = args
    super('ValidatorsRandomnessNotReady', args, {
      ...options,
      what: `The seats are drawn from the hash of block ${anchor} or a later one, which is not known yet.`,
      remedy: 'Try again one block later.',
    })
  }
}

export class ValidatorsFullError extends ContractError<{ max: bigint }> {
  constructor(args: { max: bigint }, options: ContractErrorOptions = {}) {
    const { max } = args
    super('ValidatorsFull', args, {
      ...options,
      what: `All ${max} places are taken.`,
      remedy: 'Wait until the protocol of a later version has more.',
    })
  }
}

export class ValidatorsTransferMismatchError extends ContractError<{ expected: bigint; received: bigint }> {
  constructor(args: { expected: bigint; received: bigint }, options: ContractErrorOptions = {}) {
    const { expected, received } = args
    super('ValidatorsTransferMismatch', args, {
      ...options,
      what: `OPEN moved ${open(received)} where ${open(expected)} were due.`,
      remedy: 'The token of this deployment is not a plain ERC-20 and cannot be used.',
    })
  }
}
