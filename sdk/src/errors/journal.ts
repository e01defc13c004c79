import { BaseError } from './base.ts'

/** A journal file cannot be read. */
export class JournalCorruptError extends BaseError {
  constructor({ cause, file }: { cause: unknown; file: string }) {
    super(`The journal file ${file} cannot be read.`, {
      cause,
      metaMessages: ['It was changed by another program. Move it away; the others are not touched.'],
      name: 'JournalCorruptError',
    })
  }
}
