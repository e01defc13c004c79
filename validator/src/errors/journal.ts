import { ValidatorError } from './base.ts'

/** The journal holds another statement about the same subject: signing this one would be a provable fault. */
export class JournalConflictError extends ValidatorError {
  override name = 'JournalConflictError'
  readonly subject: string
  readonly recorded: string
  readonly refused: string

  constructor({
    subject,
    label,
    recorded,
    refused,
  }: { subject: string; label: string; recorded: string; refused: string }) {
    super(`Refused to sign a second, different statement about ${label}.`, {
      metaMessages: [
        `Subject:  ${subject}`,
        `Recorded: ${recorded}`,
        `Refused:  ${refused}`,
        'Two different signatures for one subject cost the whole stake. Publish the recorded one instead.',
      ],
    })
    this.subject = subject
    this.recorded = recorded
    this.refused = refused
  }
}

/** Another process has the journal of this key open. */
export class JournalLockedError extends ValidatorError {
  override name = 'JournalLockedError'

  constructor(path: string, cause?: unknown) {
    super(`Another process holds the journal ${path}.`, {
      cause,
      metaMessages: ['One key has one writer. Stop the other node, or give this one another key and data directory.'],
    })
  }
}

/** The journal belongs to another signing key. */
export class JournalKeyMismatchError extends ValidatorError {
  override name = 'JournalKeyMismatchError'

  constructor({ path, expected, found }: { path: string; expected: string; found: string }) {
    super(`The journal ${path} is of key ${found}, not ${expected}.`, {
      metaMessages: [
        'Each key has its own journal. Use the data directory that goes with the key; never rename a journal.',
      ],
    })
  }
}

/** The journal's file is damaged or of an unknown version. */
export class JournalUnreadableError extends ValidatorError {
  override name = 'JournalUnreadableError'

  constructor(path: string, why: string, cause?: unknown) {
    super(`The journal ${path} cannot be read: ${why}.`, {
      cause,
      metaMessages: [
        'Without it the node cannot know what it signed, so it does not sign. Restore the file, or register a new signing key.',
      ],
    })
  }
}
