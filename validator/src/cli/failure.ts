import {
  BaseError,
  ContractError,
  EmptyFileError,
  EventsUnavailableError,
  InvalidIdError,
  NoFilesError,
  NothingToClaimError,
  OutOfRangeError,
  PublishFailedError,
  UnknownContributionError,
  UnknownDeploymentError,
  UnknownFormatError,
  UnknownLotError,
} from '@datanets/sdk'
import { ContentTimeoutError, ContentUnavailableError } from '@datanets/sdk/storage'
import { HttpRequestError, TimeoutError, BaseError as ViemError } from 'viem'
import { ChecksError } from '../checks/index.ts'
import { ConfigError } from '../errors/config.ts'
import {
  JournalConflictError,
  JournalKeyMismatchError,
  JournalLockedError,
  JournalUnreadableError,
} from '../errors/journal.ts'
import { ExternalSignerError, KeySourceError, KeystoreError, SignerMismatchError } from '../errors/keys.ts'
import { redactText } from '../logger.ts'
import { UsageError } from './errors.ts'
import type { Exit } from './exit-codes.ts'

const USAGE_ERRORS = [
  UsageError,
  ConfigError,
  ChecksError,
  EmptyFileError,
  InvalidIdError,
  NoFilesError,
  OutOfRangeError,
  UnknownContributionError,
  UnknownDeploymentError,
  UnknownFormatError,
  UnknownLotError,
]

const OUTAGES = [ContentUnavailableError, ContentTimeoutError, EventsUnavailableError, PublishFailedError]

const KEY_ERRORS = [
  JournalConflictError,
  JournalKeyMismatchError,
  JournalLockedError,
  JournalUnreadableError,
  ExternalSignerError,
  KeySourceError,
  KeystoreError,
  SignerMismatchError,
]

/** Which exit an error means. */
export function exitOf(error: unknown): Exit {
  const isOneOf = (kinds: readonly (new (...args: never[]) => Error)[]) => kinds.some((kind) => error instanceof kind)
  if (isOneOf(USAGE_ERRORS)) return 'usage'
  if (isOneOf(KEY_ERRORS)) return 'key'
  if (error instanceof ContractError || error instanceof NothingToClaimError) return 'refused'
  if (isOneOf(OUTAGES) || isSilence(error)) return 'unreachable'
  return 'failed'
}

/** The error for a person: what happened, the limit, the remedy; never a stack. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { shortMessage, metaMessages = [] } = error as { shortMessage?: string; metaMessages?: readonly string[] }
  return redactText([shortMessage ?? error.message, ...metaMessages].join('\n'))
}

/** The error for a program. */
export function failureData(error: unknown, exit: Exit): unknown {
  const name = error instanceof Error ? error.name : 'Error'
  return { error: { name, exit, message: failureText(error) } }
}

function isSilence(error: unknown): boolean {
  const isOne = (cause: unknown) => cause instanceof HttpRequestError || cause instanceof TimeoutError
  if (error instanceof ViemError) return error.walk(isOne) !== null
  return error instanceof BaseError && error.walk(isOne) !== null
}
