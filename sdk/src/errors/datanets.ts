import type { Address, Hex } from 'viem'
import { modalities } from '../utils/formats.ts'
import { ContractError, type ContractErrorOptions } from './contract.ts'
import { formatNames, many, open, time } from './text.ts'

// What `Datanets` refuses about Datanets, entry, money and signatures.

export class DatanetsUnknownDatanetError extends ContractError<{ datanetId: bigint }> {
  constructor(args: { datanetId: bigint }, options: ContractErrorOptions = {}) {
    const { datanetId } = args
    super('DatanetsUnknownDatanet', args, {
      ...options,
      what: `Datanet ${datanetId} does not exist.`,
      remedy: 'List the Datanets with getDatanets; their ids count from 1.',
    })
  }
}

export class DatanetsTermOutOfBoundsError extends ContractError<{
  term: string
  value: bigint
  min: bigint
  max: bigint
}> {
  constructor(args: { term: string; value: bigint; min: bigint; max: bigint }, options: ContractErrorOptions = {}) {
    const { term, value, min, max } = args
    super('DatanetsTermOutOfBounds', args, {
      ...options,
      what: `The term ${term} is ${value}, outside ${min} to ${max}.`,
      remedy: 'Choose a value within the bounds; terms cannot be changed later.',
    })
  }
}

export class DatanetsCountOutOfBoundsError extends ContractError<{ count: bigint; max: bigint }> {
  constructor(args: { count: bigint; max: bigint }, options: ContractErrorOptions = {}) {
    const { count, max } = args
    super('DatanetsCountOutOfBounds', args, {
      ...options,
      what: `A submission of ${many(count, 'file')} is not possible: it takes 1 to ${max}.`,
      remedy: 'Split the files over several submissions; planSubmissions does it.',
    })
  }
}

export class DatanetsEmptyFilesError extends ContractError<{ count: bigint; totalBytes: bigint }> {
  constructor(args: { count: bigint; totalBytes: bigint }, options: ContractErrorOptions = {}) {
    const { count, totalBytes } = args
    super('DatanetsEmptyFiles', args, {
      ...options,
      what: `${many(count, 'file')} of ${many(totalBytes, 'byte')} in all: a file has at least one byte.`,
      remedy: 'Leave out empty files.',
    })
  }
}

export class DatanetsZeroCommitmentError extends ContractError<{ root: Hex; manifests: Hex }> {
  constructor(args: { root: Hex; manifests: Hex }, options: ContractErrorOptions = {}) {
    super('DatanetsZeroCommitment', args, {
      ...options,
      what: 'The root or the manifest list digest of the submission is zero.',
      remedy: 'Build submissions with prepareSubmission.',
    })
  }
}

export class DatanetsWrongModalityError extends ContractError<{
  datanetId: bigint
  modality: number
  formats: bigint
}> {
  constructor(args: { datanetId: bigint; modality: number; formats: bigint }, options: ContractErrorOptions = {}) {
    const { datanetId, modality, formats } = args
    super('DatanetsWrongModality', args, {
      ...options,
      what: `Datanet ${datanetId} holds ${modalities[modality] ?? modality}, but the files are ${formatNames(formats)}.`,
      remedy: 'Submit to a Datanet of the modality of the files; getDatanets lists them.',
    })
  }
}

export class DatanetsFormatNotAllowedError extends ContractError<{
  datanetId: bigint
  allowed: bigint
  formats: bigint
}> {
  constructor(args: { datanetId: bigint; allowed: bigint; formats: bigint }, options: ContractErrorOptions = {}) {
    const { datanetId, allowed, formats } = args
    super('DatanetsFormatNotAllowed', args, {
      ...options,
      what: `Datanet ${datanetId} takes ${formatNames(allowed)}, but the files are ${formatNames(formats)}.`,
      remedy: 'Convert the files or choose another Datanet of the same modality.',
    })
  }
}

export class DatanetsDailyFilesExceededError extends ContractError<{
  contributor: Address
  limit: bigint
  used: bigint
  asked: bigint
}> {
  constructor(
    args: { contributor: Address; limit: bigint; used: bigint; asked: bigint },
    options: ContractErrorOptions = {},
  ) {
    const { contributor, limit, used, asked } = args
    super('DatanetsDailyFilesExceeded', args, {
      ...options,
      what: `${contributor} asked for ${many(asked, 'file')} after ${used} of the ${limit} a contributor may enter per UTC day over all Datanets.`,
      remedy: 'Nothing was entered. Submit fewer now and the rest after midnight UTC; planSubmissions splits them.',
    })
  }
}

export class DatanetsDailyBytesExceededError extends ContractError<{
  contributor: Address
  limit: bigint
  used: bigint
  asked: bigint
}> {
  constructor(
    args: { contributor: Address; limit: bigint; used: bigint; asked: bigint },
    options: ContractErrorOptions = {},
  ) {
    const { contributor, limit, used, asked } = args
    super('DatanetsDailyBytesExceeded', args, {
      ...options,
      what: `${contributor} asked for ${many(asked, 'byte')} after ${used} of the ${limit} a contributor may enter per UTC day over all Datanets.`,
      remedy: 'Nothing was entered. Submit fewer now and the rest after midnight UTC; planSubmissions splits them.',
    })
  }
}

export class DatanetsDatanetBytesExceededError extends ContractError<{
  datanetId: bigint
  contributor: Address
  limit: bigint
  used: bigint
  asked: bigint
}> {
  constructor(
    args: { datanetId: bigint; contributor: Address; limit: bigint; used: bigint; asked: bigint },
    options: ContractErrorOptions = {},
  ) {
    const { datanetId, contributor, limit, used, asked } = args
    super('DatanetsDatanetBytesExceeded', args, {
      ...options,
      what: `${contributor} asked for ${many(asked, 'byte')} after ${used} of the ${limit} a contributor may enter per UTC day in Datanet ${datanetId}.`,
      remedy: 'Nothing was entered. Submit fewer now and the rest after midnight UTC; planSubmissions splits them.',
    })
  }
}

export class DatanetsFileCapExceededError extends ContractError<{
  datanetId: bigint
  limit: bigint
  used: bigint
  asked: bigint
}> {
  constructor(
    args: { datanetId: bigint; limit: bigint; used: bigint; asked: bigint },
    options: ContractErrorOptions = {},
  ) {
    const { datanetId, limit, used, asked } = args
    super('DatanetsFileCapExceeded', args, {
      ...options,
      what: `Datanet ${datanetId} holds ${used} of at most ${limit} contributions and was asked to take ${asked} more.`,
      remedy: 'Submit fewer, or to another Datanet; places of rejected contributions come free when their lot accrues.',
    })
  }
}

export class DatanetsBudgetTooSmallError extends ContractError<{
  datanetId: bigint
  budget: bigint
  required: bigint
}> {
  constructor(args: { datanetId: bigint; budget: bigint; required: bigint }, options: ContractErrorOptions = {}) {
    const { datanetId, budget, required } = args
    super('DatanetsBudgetTooSmall', args, {
      ...options,
      what: `The budget of Datanet ${datanetId} is ${open(budget)}; the submission needs ${open(required)} reserved.`,
      remedy: 'Anyone can add to it with fund; or submit fewer files.',
    })
  }
}

export class DatanetsNotAdmittedError extends ContractError<{
  datanetId: bigint
  contributor: Address
  gate: Address
}> {
  constructor(args: { datanetId: bigint; contributor: Address; gate: Address }, options: ContractErrorOptions = {}) {
    const { datanetId, contributor, gate } = args
    super('DatanetsNotAdmitted', args, {
      ...options,
      what: `The gate ${gate} of Datanet ${datanetId} does not admit ${contributor}.`,
      remedy: 'Present what the gate asks for as `admission`; the rules of the Datanet say what that is.',
    })
  }
}

export class DatanetsTransferMismatchError extends ContractError<{ expected: bigint; received: bigint }> {
  constructor(args: { expected: bigint; received: bigint }, options: ContractErrorOptions = {}) {
    const { expected, received } = args
    super('DatanetsTransferMismatch', args, {
      ...options,
      what: `OPEN moved ${open(received)} where ${open(expected)} were due.`,
      remedy: 'The token of this deployment is not a plain ERC-20 and cannot be used.',
    })
  }
}

export class DatanetsSignatureExpiredError extends ContractError<{ deadline: bigint; timestamp: bigint }> {
  constructor(args: { deadline: bigint; timestamp: bigint }, options: ContractErrorOptions = {}) {
    const { deadline, timestamp } = args
    super('DatanetsSignatureExpired', args, {
      ...options,
      what: `The signature was valid until ${time(deadline)}; the block is of ${time(timestamp)}.`,
      remedy: 'Sign again with a later deadline.',
    })
  }
}

export class DatanetsInvalidSignatureError extends ContractError<{ account: Address }> {
  constructor(args: { account: Address }, options: ContractErrorOptions = {}) {
    const { account } = args
    super('DatanetsInvalidSignature', args, {
      ...options,
      what: `The signature is not of ${account} for this call, chain and contract.`,
      remedy: 'Sign exactly these values with signSubmission, with the account of the contributor.',
    })
  }
}

export class DatanetsNonceUsedError extends ContractError<{ account: Address; nonce: bigint }> {
  constructor(args: { account: Address; nonce: bigint }, options: ContractErrorOptions = {}) {
    const { account, nonce } = args
    super('DatanetsNonceUsed', args, {
      ...options,
      what: `Nonce ${nonce} of ${account} was used or given up before.`,
      remedy: 'Sign again with another nonce; they need no order.',
    })
  }
}

export class DatanetsUnauthorizedError extends ContractError<{ caller: Address; expected: Address }> {
  constructor(args: { caller: Address; expected: Address }, options: ContractErrorOptions = {}) {
    const { caller, expected } = args
    super('DatanetsUnauthorized', args, {
      ...options,
      what: `${caller} cannot call this; only ${expected} can.`,
      remedy: 'Use the action of the contract that is meant to call it.',
    })
  }
}
