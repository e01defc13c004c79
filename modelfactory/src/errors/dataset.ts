import { ModelFactoryError } from './base.ts'

/** The Datanets hold nothing that was accepted and accrued. */
export class DatasetEmptyError extends ModelFactoryError {
  override name = 'DatasetEmptyError'
  override readonly status = 422

  constructor(datanetIds: readonly bigint[], waiting: number) {
    super(`Datanets ${datanetIds.join(', ')} have no accepted contribution to train on.`, {
      metaMessages: [
        `Lots that are not accrued yet: ${waiting}.`,
        'Only contributions of accrued lots are used. Wait for the challenge window and accrue the lot, or choose another Datanet.',
      ],
    })
  }
}

/** A text model was asked to learn from images or sound. */
export class DatasetModalityError extends ModelFactoryError {
  override name = 'DatasetModalityError'
  override readonly status = 422
  readonly modality: string

  constructor({ datanetId, modality }: { datanetId: bigint; modality: string }) {
    super(`Datanet ${datanetId} holds ${modality} data: a text model cannot be trained on it.`, {
      metaMessages: [
        'Limit: Datanets of the modality Text.',
        'Export the Datanet instead (`datanet dataset export`): every file, verified, with the manifest a training elsewhere can name.',
      ],
    })
    this.modality = modality
  }
}

/** What storage returned is not what the chain committed to. */
export class DatasetMismatchError extends ModelFactoryError {
  override name = 'DatasetMismatchError'
  override readonly status = 422

  constructor({
    subject,
    field,
    expected,
    actual,
  }: { subject: string; field: string; expected: string; actual: string }) {
    super(`${subject}: its ${field} is not the one that was accepted.`, {
      metaMessages: [
        `Expected: ${expected}`,
        `Found:    ${actual}`,
        'Nothing was trained. Read from another store, or leave this contribution out with `exclude`.',
      ],
    })
  }
}

/** The files of a dataset could not be fetched. Says nothing about the files themselves. */
export class DatasetUnavailableError extends ModelFactoryError {
  override name = 'DatasetUnavailableError'
  override readonly status = 503

  constructor(subject: string, cause: unknown) {
    super(`${subject} could not be fetched.`, {
      cause,
      metaMessages: ['Check the IPFS node or gateway; the run goes on from here when it is asked to retry.'],
    })
  }
}

/** No text came out of an accepted pdf or docx. */
export class TextExtractionError extends ModelFactoryError {
  override name = 'TextExtractionError'
  override readonly status = 422

  constructor(subject: string, why: string, cause?: unknown) {
    super(`No text could be read from ${subject}: ${why}.`, {
      cause,
      metaMessages: ['Leave this contribution out with `exclude`; it stays accepted and paid for.'],
    })
  }
}
