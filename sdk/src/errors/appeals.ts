import type { Address, Hex } from 'viem'
import { ContractError, type ContractErrorOptions } from './contract.ts'
import { appealStatusName, lotName, many, open, time } from './text.ts'

// What `Appeals` refuses.

export class AppealsUnexpectedStatusError extends ContractError<{ lot: bigint; status: number; expected: number }> {
  constructor(args: { lot: bigint; status: number; expected: number }, options: ContractErrorOptions = {}) {
    const { lot, status, expected } = args
    super('AppealsUnexpectedStatus', args, {
      ...options,
      what: `The appeal of ${lotName(lot)} is ${appealStatusName(status)}; the call needs it ${appealStatusName(expected)}.`,
      remedy: 'An appeal goes from open to seated to settled, or to lapsed; getAppeal tells where it is.',
    })
  }
}

export class AppealsLotMismatchError extends ContractError<{ lot: bigint; expected: Hex; given: Hex }> {
  constructor(args: { lot: bigint; expected: Hex; given: Hex }, options: ContractErrorOptions = {}) {
    const { lot } = args
    super('AppealsLotMismatch', args, {
      ...options,
      what: `The state given is not the present one of ${lotName(lot)}.`,
      remedy: 'Read the lot again with getLot and pass its present state.',
    })
  }
}

export class AppealsSubmissionsMismatchError extends ContractError<{ lot: bigint; expected: Hex; given: Hex }> {
  constructor(args: { lot: bigint; expected: Hex; given: Hex }, options: ContractErrorOptions = {}) {
    const { lot } = args
    super('AppealsSubmissionsMismatch', args, {
      ...options,
      what: `The submissions given are not those of ${lotName(lot)}.`,
      remedy: 'Read them with getLot and pass all of them in order.',
    })
  }
}

export class AppealsItemsNotAllowedError extends ContractError<{ lot: bigint; items: bigint; allowed: bigint }> {
  constructor(args: { lot: bigint; items: bigint; allowed: bigint }, options: ContractErrorOptions = {}) {
    const { lot } = args
    super('AppealsItemsNotAllowed', args, {
      ...options,
      what: `The items named cannot be objected to in ${lotName(lot)}.`,
      remedy: 'Name at least one item of the lot that was not revoked; in a free appeal, of the own submission.',
    })
  }
}

export class AppealsJudgeAndPartyError extends ContractError<{ account: Address; validatorId: bigint }> {
  constructor(args: { account: Address; validatorId: bigint }, options: ContractErrorOptions = {}) {
    const { account, validatorId } = args
    super('AppealsJudgeAndParty', args, {
      ...options,
      what: `${account} belongs to validator ${validatorId}, who may have to judge.`,
      remedy: 'Object or defend with an account that is no validator.',
    })
  }
}

export class AppealsNotContributorError extends ContractError<{ lot: bigint; caller: Address; contributor: Address }> {
  constructor(args: { lot: bigint; caller: Address; contributor: Address }, options: ContractErrorOptions = {}) {
    const { lot, caller, contributor } = args
    super('AppealsNotContributor', args, {
      ...options,
      what: `The submission in ${lotName(lot)} is of ${contributor}, not of ${caller}.`,
      remedy: 'A free appeal is for results of the own submission; others put up a bond with appeal.',
    })
  }
}

export class AppealsFreeAppealUsedError extends ContractError<{ account: Address; day: bigint }> {
  constructor(args: { account: Address; day: bigint }, options: ContractErrorOptions = {}) {
    const { account } = args
    super('AppealsFreeAppealUsed', args, {
      ...options,
      what: `${account} used its free appeal of this UTC day.`,
      remedy: 'Put up a bond with appeal, or wait for midnight UTC if the challenge window allows.',
    })
  }
}

export class AppealsChallengeWindowOverError extends ContractError<{ lot: bigint; endedAt: bigint }> {
  constructor(args: { lot: bigint; endedAt: bigint }, options: ContractErrorOptions = {}) {
    const { lot, endedAt } = args
    super('AppealsChallengeWindowOver', args, {
      ...options,
      what: `The result of ${lotName(lot)} could be challenged until ${time(endedAt)}.`,
      remedy: 'It stands.',
    })
  }
}

export class AppealsChallengeWindowOpenError extends ContractError<{ lot: bigint; endsAt: bigint }> {
  constructor(args: { lot: bigint; endsAt: bigint }, options: ContractErrorOptions = {}) {
    const { lot, endsAt } = args
    super('AppealsChallengeWindowOpen', args, {
      ...options,
      what: `Objections to ${lotName(lot)} are possible until ${time(endsAt)}; the committee is drawn afterwards.`,
      remedy: 'Try again after that time.',
    })
  }
}

export class AppealsRandomnessNotReadyError extends ContractError<{ lot: bigint; objectedBlock: bigint }> {
  constructor(args: { lot: bigint; objectedBlock: bigint }, options: ContractErrorOptions = {}) {
    const { lot, objectedBlock } = args
    super('AppealsRandomnessNotReady', args, {
      ...options,
      what: `${lotName(lot)} had its last objection in block ${objectedBlock}, whose randomness is already known.`,
      remedy: 'Draw the committee one block later.',
    })
  }
}

export class AppealsUnknownObjectionError extends ContractError<{ lot: bigint; objection: bigint; count: bigint }> {
  constructor(args: { lot: bigint; objection: bigint; count: bigint }, options: ContractErrorOptions = {}) {
    const { lot, objection, count } = args
    super('AppealsUnknownObjection', args, {
      ...options,
      what: `${lotName(lot)} has ${many(count, 'objection')}; there is no number ${objection}.`,
      remedy: 'They count from 0; getAppeal lists them.',
    })
  }
}

export class AppealsAlreadyDefendedError extends ContractError<{ lot: bigint; objection: bigint; defender: Address }> {
  constructor(args: { lot: bigint; objection: bigint; defender: Address }, options: ContractErrorOptions = {}) {
    const { lot, objection, defender } = args
    super('AppealsAlreadyDefended', args, {
      ...options,
      what: `Objection ${objection} of ${lotName(lot)} is defended by ${defender}.`,
      remedy: 'One defence is all that counts.',
    })
  }
}

export class AppealsUnknownSeatError extends ContractError<{ lot: bigint; seat: bigint; seatCount: bigint }> {
  constructor(args: { lot: bigint; seat: bigint; seatCount: bigint }, options: ContractErrorOptions = {}) {
    const { lot, seat, seatCount } = args
    super('AppealsUnknownSeat', args, {
      ...options,
      what: `The committee of ${lotName(lot)} has ${seatCount} seats; there is no seat ${seat}.`,
      remedy: 'Seats count from 0; getAppeal lists them.',
    })
  }
}

export class AppealsAlreadyAttestedError extends ContractError<{ lot: bigint; seat: bigint }> {
  constructor(args: { lot: bigint; seat: bigint }, options: ContractErrorOptions = {}) {
    const { lot, seat } = args
    super('AppealsAlreadyAttested', args, {
      ...options,
      what: `Seat ${seat} of the committee of ${lotName(lot)} has attested.`,
      remedy: 'One seat has one vote; it stands.',
    })
  }
}

export class AppealsVoteWindowOverError extends ContractError<{ lot: bigint; endedAt: bigint }> {
  constructor(args: { lot: bigint; endedAt: bigint }, options: ContractErrorOptions = {}) {
    const { lot, endedAt } = args
    super('AppealsVoteWindowOver', args, {
      ...options,
      what: `The committee of ${lotName(lot)} could attest until ${time(endedAt)}.`,
      remedy: 'Settle the appeal with those who did.',
    })
  }
}

export class AppealsVoteWindowOpenError extends ContractError<{ lot: bigint; endsAt: bigint }> {
  constructor(args: { lot: bigint; endsAt: bigint }, options: ContractErrorOptions = {}) {
    const { lot, endsAt } = args
    super('AppealsVoteWindowOpen', args, {
      ...options,
      what: `The committee of ${lotName(lot)} may still attest until ${time(endsAt)}.`,
      remedy: 'Wait for the missing votes, or until then.',
    })
  }
}

export class AppealsVotesNotAllowedError extends ContractError<{
  lot: bigint
  seat: bigint
  both: bigint
  unnamed: bigint
}> {
  constructor(args: { lot: bigint; seat: bigint; both: bigint; unnamed: bigint }, options: ContractErrorOptions = {}) {
    const { lot, seat } = args
    super('AppealsVotesNotAllowed', args, {
      ...options,
      what: `Seat ${seat} votes twice on an item, or on one that nobody named in the appeal of ${lotName(lot)}.`,
      remedy: 'Vote on named items only, each accepted, rejected or neither.',
    })
  }
}

export class AppealsWrongSignerError extends ContractError<{
  lot: bigint
  seat: bigint
  expected: Address
  recovered: Address
}> {
  constructor(
    args: { lot: bigint; seat: bigint; expected: Address; recovered: Address },
    options: ContractErrorOptions = {},
  ) {
    const { lot, seat, expected, recovered } = args
    super('AppealsWrongSigner', args, {
      ...options,
      what: `The attestation for seat ${seat} of the committee of ${lotName(lot)} was signed by ${recovered}; its key is ${expected}.`,
      remedy: 'Sign with the registered signing key over the digest of the appeal.',
    })
  }
}

export class AppealsAlreadyResolvedError extends ContractError<{ lot: bigint; objection: bigint }> {
  constructor(args: { lot: bigint; objection: bigint }, options: ContractErrorOptions = {}) {
    const { lot, objection } = args
    super('AppealsAlreadyResolved', args, {
      ...options,
      what: `The bonds of objection ${objection} of ${lotName(lot)} were given out.`,
      remedy: 'What is owed can be claimed with claimBonds.',
    })
  }
}

export class AppealsTransferMismatchError extends ContractError<{ expected: bigint; received: bigint }> {
  constructor(args: { expected: bigint; received: bigint }, options: ContractErrorOptions = {}) {
    const { expected, received } = args
    super('AppealsTransferMismatch', args, {
      ...options,
      what: `OPEN moved ${open(received)} where ${open(expected)} were due.`,
      remedy: 'The token of this deployment is not a plain ERC-20 and cannot be used.',
    })
  }
}
