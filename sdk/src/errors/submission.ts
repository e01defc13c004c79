import type { Hex } from 'viem'
import { formatContributionId } from '../utils/ids.ts'
import { BaseError } from './base.ts'

/** A file has no bytes. */
export class EmptyFileError extends BaseError {
  constructor({ name }: { name: string }) {
    super(`The file "${name}" is empty.`, { metaMessages: ['Leave it out.'], name: 'EmptyFileError' })
  }
}

/** A submission without files. */
export class NoFilesError extends BaseError {
  constructor() {
    super('There is no file to submit.', { metaMessages: ['Give at least one file.'], name: 'NoFilesError' })
  }
}

/** A submission is on chain, but its files could not be published. Nothing is lost: the journal has them. */
export class PublishFailedError extends BaseError {
  readonly contributionIds: readonly bigint[]
  readonly hash: Hex

  constructor({ cause, contributionIds, hash }: { cause: unknown; contributionIds: readonly bigint[]; hash: Hex }) {
    const names = contributionIds.map(formatContributionId).join(', ')
    super(`Contributions ${names} are entered, but their files could not be published.`, {
      cause,
      metaMessages: ['Run resumeSubmissions with the same journal before the lot is voted on: it finishes the job.'],
      name: 'PublishFailedError',
    })
    this.contributionIds = contributionIds
    this.hash = hash
  }
}

/** The store gives a file another CID than its manifest names. */
export class PayloadMismatchError extends BaseError {
  constructor({ name, expected, found }: { name: string; expected: string; found: string }) {
    super(`The store named the file "${name}" ${found}; its manifest says ${expected}.`, {
      metaMessages: ['Use a store that cuts files by the profile unixfs-v1-2025, as those of this SDK do.'],
      name: 'PayloadMismatchError',
    })
  }
}

/** Files are about to be published although their submission is not on chain. */
export class SubmissionNotMinedError extends BaseError {
  constructor({ root }: { root: Hex }) {
    super(`The submission with root ${root} is not on chain.`, {
      metaMessages: ['Publishing comes after entry, or others could enter the files first. Submit, then publish.'],
      name: 'SubmissionNotMinedError',
    })
  }
}

/** Votes that no contract would count. */
export class InvalidVotesError extends BaseError {
  constructor({ reason }: { reason: string }) {
    super(`The votes cannot be signed: ${reason}.`, {
      metaMessages: ['Each item of the lot is accepted, rejected or neither; other bits stay zero.'],
      name: 'InvalidVotesError',
    })
  }
}

/** An account has nothing to claim. */
export class NothingToClaimError extends BaseError {
  constructor({ account }: { account: string }) {
    super(`${account} has nothing to claim.`, {
      metaMessages: ['Rewards can be claimed once their lot has accrued; getBalances shows them.'],
      name: 'NothingToClaimError',
    })
  }
}

/** What a submission committed to cannot be rebuilt from what its manifest list says. */
export class ListMismatchError extends BaseError {
  constructor({ id, reason }: { id: string; reason: string }) {
    super(`The manifest list of submission ${id} does not belong to it: ${reason}.`, {
      metaMessages: ['Its contributor published something else than was entered; no proof can be made from it.'],
      name: 'ListMismatchError',
    })
  }
}
