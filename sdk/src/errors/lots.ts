import type { Address, Hex } from 'viem'
import { ContractError, type ContractErrorOptions } from './contract.ts'
import { lotName, lotStatusName, many, time } from './text.ts'

// What `Datanets` refuses about lots, votes, results and proofs.

export class DatanetsLotOpenError extends ContractError<{ lot: bigint; itemCount: bigint; closableAt: bigint }> {
  constructor(args: { lot: bigint; itemCount: bigint; closableAt: bigint }, options: ContractErrorOptions = {}) {
    const { lot, itemCount, closableAt } = args
    super('DatanetsLotOpen', args, {
      ...options,
      what: `${lotName(lot)} has ${many(itemCount, 'item')} and still takes submissions until ${time(closableAt)}.`,
      remedy: 'Close it when it is full, followed by another lot, or after that time.',
    })
  }
}

export class DatanetsRandomnessNotReadyError extends ContractError<{ lot: bigint; enteredBlock: bigint }> {
  constructor(args: { lot: bigint; enteredBlock: bigint }, options: ContractErrorOptions = {}) {
    const { lot, enteredBlock } = args
    super('DatanetsRandomnessNotReady', args, {
      ...options,
      what: `${lotName(lot)} took its last submission in block ${enteredBlock}, whose randomness is already known.`,
      remedy: 'Close it one block later.',
    })
  }
}

export class DatanetsSubmissionsMismatchError extends ContractError<{ lot: bigint; expected: Hex; given: Hex }> {
  constructor(args: { lot: bigint; expected: Hex; given: Hex }, options: ContractErrorOptions = {}) {
    const { lot } = args
    super('DatanetsSubmissionsMismatch', args, {
      ...options,
      what: `The submissions given are not those of ${lotName(lot)}.`,
      remedy: 'Read them with getLot and pass all of them in order.',
    })
  }
}

export class DatanetsLotMismatchError extends ContractError<{ lot: bigint; expected: Hex; given: Hex }> {
  constructor(args: { lot: bigint; expected: Hex; given: Hex }, options: ContractErrorOptions = {}) {
    const { lot } = args
    super('DatanetsLotMismatch', args, {
      ...options,
      what: `The state given is not the present one of ${lotName(lot)}: it changed since, or never existed.`,
      remedy: 'Read the lot again with getLot and pass its present state.',
    })
  }
}

export class DatanetsUnexpectedStatusError extends ContractError<{ lot: bigint; status: number; expected: number }> {
  constructor(args: { lot: bigint; status: number; expected: number }, options: ContractErrorOptions = {}) {
    const { lot, status, expected } = args
    super('DatanetsUnexpectedStatus', args, {
      ...options,
      what: `${lotName(lot)} is ${lotStatusName(status)}; the call needs it ${lotStatusName(expected)}.`,
      remedy: 'A lot goes from closed to settled to accrued, or to lapsed; wait for its turn or choose another call.',
    })
  }
}

export class DatanetsQuorumNotReachedError extends ContractError<{
  lot: bigint
  attestations: bigint
  quorum: bigint
}> {
  constructor(args: { lot: bigint; attestations: bigint; quorum: bigint }, options: ContractErrorOptions = {}) {
    const { lot, attestations, quorum } = args
    super('DatanetsQuorumNotReached', args, {
      ...options,
      what: `${lotName(lot)} has ${many(attestations, 'attestation')}; ${quorum} settle it.`,
      remedy: 'Collect more attestations, or let it lapse after its time.',
    })
  }
}

export class DatanetsSeatsMismatchError extends ContractError<{
  lot: bigint
  seatsVoted: bigint
  attestations: bigint
  seatCount: bigint
}> {
  constructor(
    args: { lot: bigint; seatsVoted: bigint; attestations: bigint; seatCount: bigint },
    options: ContractErrorOptions = {},
  ) {
    const { lot, attestations, seatCount } = args
    super('DatanetsSeatsMismatch', args, {
      ...options,
      what: `${many(attestations, 'attestation')} do not match the seats named for ${lotName(lot)}, which has ${seatCount}.`,
      remedy: 'Give one attestation for each seat bit set, the lowest seat first.',
    })
  }
}

export class DatanetsVoteWindowOpenError extends ContractError<{ lot: bigint; endsAt: bigint }> {
  constructor(args: { lot: bigint; endsAt: bigint }, options: ContractErrorOptions = {}) {
    const { lot, endsAt } = args
    super('DatanetsVoteWindowOpen', args, {
      ...options,
      what: `Seats of ${lotName(lot)} may still vote until ${time(endsAt)}.`,
      remedy: 'Add their attestations, or wait until then.',
    })
  }
}

export class DatanetsVoteWindowOverError extends ContractError<{ lot: bigint; endedAt: bigint }> {
  constructor(args: { lot: bigint; endedAt: bigint }, options: ContractErrorOptions = {}) {
    const { lot, endedAt } = args
    super('DatanetsVoteWindowOver', args, {
      ...options,
      what: `The vote on ${lotName(lot)} ended at ${time(endedAt)}.`,
      remedy: 'Settle with what was posted, or let it lapse.',
    })
  }
}

export class DatanetsPostedLeftOutError extends ContractError<{ lot: bigint; posted: bigint; seatsVoted: bigint }> {
  constructor(args: { lot: bigint; posted: bigint; seatsVoted: bigint }, options: ContractErrorOptions = {}) {
    const { lot } = args
    super('DatanetsPostedLeftOut', args, {
      ...options,
      what: `The settlement of ${lotName(lot)} leaves out an attestation that a validator posted.`,
      remedy: 'Include every posted attestation; getLot lists them.',
    })
  }
}

export class DatanetsPostedMismatchError extends ContractError<{
  lot: bigint
  seat: bigint
  expected: Hex
  given: Hex
}> {
  constructor(args: { lot: bigint; seat: bigint; expected: Hex; given: Hex }, options: ContractErrorOptions = {}) {
    const { lot, seat } = args
    super('DatanetsPostedMismatch', args, {
      ...options,
      what: `The attestation given for seat ${seat} of ${lotName(lot)} differs from the one posted.`,
      remedy: 'Give the posted votes, or the signed attestation itself.',
    })
  }
}

export class DatanetsAlreadyPostedError extends ContractError<{ lot: bigint; seat: bigint }> {
  constructor(args: { lot: bigint; seat: bigint }, options: ContractErrorOptions = {}) {
    const { lot, seat } = args
    super('DatanetsAlreadyPosted', args, {
      ...options,
      what: `Seat ${seat} of ${lotName(lot)} has posted its attestation.`,
      remedy: 'One seat has one vote; it stands.',
    })
  }
}

export class DatanetsWrongSignerError extends ContractError<{
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
    super('DatanetsWrongSigner', args, {
      ...options,
      what: `The attestation for seat ${seat} of ${lotName(lot)} was signed by ${recovered}; its key is ${expected}.`,
      remedy: 'Sign with the registered signing key, for this lot, chain and contract.',
    })
  }
}

export class DatanetsContradictionError extends ContractError<{ lot: bigint; seat: bigint; both: bigint }> {
  constructor(args: { lot: bigint; seat: bigint; both: bigint }, options: ContractErrorOptions = {}) {
    const { lot, seat } = args
    super('DatanetsContradiction', args, {
      ...options,
      what: `The attestation of seat ${seat} accepts and rejects the same items of ${lotName(lot)}.`,
      remedy: 'An item is accepted, rejected or neither.',
    })
  }
}

export class DatanetsVotesOutOfRangeError extends ContractError<{ lot: bigint; seat: bigint; itemCount: bigint }> {
  constructor(args: { lot: bigint; seat: bigint; itemCount: bigint }, options: ContractErrorOptions = {}) {
    const { lot, seat, itemCount } = args
    super('DatanetsVotesOutOfRange', args, {
      ...options,
      what: `The attestation of seat ${seat} votes on items that ${lotName(lot)} does not have; it has ${itemCount}.`,
      remedy: `Set bits 0 to ${itemCount} - 1 only.`,
    })
  }
}

export class DatanetsChallengeWindowOpenError extends ContractError<{ lot: bigint; endsAt: bigint }> {
  constructor(args: { lot: bigint; endsAt: bigint }, options: ContractErrorOptions = {}) {
    const { lot, endsAt } = args
    super('DatanetsChallengeWindowOpen', args, {
      ...options,
      what: `The result of ${lotName(lot)} can be challenged until ${time(endsAt)}.`,
      remedy: 'Accrue after that time.',
    })
  }
}

export class DatanetsChallengeWindowOverError extends ContractError<{ lot: bigint; endedAt: bigint }> {
  constructor(args: { lot: bigint; endedAt: bigint }, options: ContractErrorOptions = {}) {
    const { lot, endedAt } = args
    super('DatanetsChallengeWindowOver', args, {
      ...options,
      what: `The result of ${lotName(lot)} could be challenged until ${time(endedAt)}.`,
      remedy: 'It stands.',
    })
  }
}

export class DatanetsNotAcceptedError extends ContractError<{ lot: bigint; index: bigint }> {
  constructor(args: { lot: bigint; index: bigint }, options: ContractErrorOptions = {}) {
    const { lot, index } = args
    super('DatanetsNotAccepted', args, {
      ...options,
      what: `Item ${index} of ${lotName(lot)} is not accepted, so it has nothing to revoke or to repeat.`,
      remedy: 'Name an accepted item; getContribution tells.',
    })
  }
}

export class DatanetsInvalidProofError extends ContractError<{ lot: bigint; submission: bigint }> {
  constructor(args: { lot: bigint; submission: bigint }, options: ContractErrorOptions = {}) {
    const { lot, submission } = args
    super('DatanetsInvalidProof', args, {
      ...options,
      what: `The proof does not lead to submission ${submission} of ${lotName(lot)}.`,
      remedy: 'Build proofs with proveContribution.',
    })
  }
}

export class DatanetsNotDuplicateError extends ContractError<{
  lot: bigint
  index: bigint
  earlierLot: bigint
  earlierIndex: bigint
}> {
  constructor(
    args: { lot: bigint; index: bigint; earlierLot: bigint; earlierIndex: bigint },
    options: ContractErrorOptions = {},
  ) {
    const { lot, index, earlierLot, earlierIndex } = args
    super('DatanetsNotDuplicate', args, {
      ...options,
      what: `Item ${index} of ${lotName(lot)} does not repeat item ${earlierIndex} of ${lotName(earlierLot)}.`,
      remedy: 'Both need the same content hash, within one Datanet, the earlier one first.',
    })
  }
}
