import { BaseError } from './base.ts'

/** An id is not of its text form or out of its range. */
export class InvalidIdError extends BaseError {
  constructor({ kind, value }: { kind: 'lot' | 'contribution'; value: string }) {
    const form =
      kind === 'lot' ? 'datanet-lot, such as 3-12' : 'datanet-lot-item, such as 3-12-7 with an item up to 255'
    super(`"${value}" is not the id of a ${kind}.`, { metaMessages: [`Write it as ${form}.`], name: 'InvalidIdError' })
  }
}

/** A number does not fit the place it is packed into. */
export class OutOfRangeError extends BaseError {
  constructor({
    what,
    value,
    min,
    max,
  }: { what: string; value: bigint | number; min: bigint | number; max: bigint | number }) {
    super(`${what} is ${value}, outside ${min} to ${max}.`, {
      metaMessages: [`Give a value from ${min} to ${max}.`],
      name: 'OutOfRangeError',
    })
  }
}

/** A file's name or format code belongs to no format the protocol knows. */
export class UnknownFormatError extends BaseError {
  constructor({ value }: { value: string | number | bigint }) {
    super(`"${value}" is not a file format Datanets take.`, {
      metaMessages: ['Formats: md, txt, pdf, docx; png, jpg, webp, tiff, bmp; wav, mp3, flac.'],
      name: 'UnknownFormatError',
    })
  }
}

/** Scores cannot be turned into shares. */
export class InvalidScoresError extends BaseError {
  constructor({ reason }: { reason: string }) {
    super(`The scores cannot be turned into shares: ${reason}.`, {
      metaMessages: ['Give one finite number per contribution, for at least one contribution.'],
      name: 'InvalidScoresError',
    })
  }
}

/** A signature has no compact form. */
export class InvalidSignatureLengthError extends BaseError {
  constructor({ bytes }: { bytes: number }) {
    super(`A signature of ${bytes} bytes has no compact form.`, {
      metaMessages: ['Attestations take the 64 or 65 bytes of a signing key, not those of a contract wallet.'],
      name: 'InvalidSignatureLengthError',
    })
  }
}

/** A block does not say what a manifest or a manifest list must say. */
export class InvalidManifestError extends BaseError {
  constructor({
    what,
    field,
    reason,
    cause,
  }: { what: 'manifest' | 'manifest list'; field: string; reason: string; cause?: unknown }) {
    super(`The ${what} is not valid: ${field} ${reason}.`, {
      metaMessages: ['Build manifests with createManifest and encodeManifest.'],
      name: 'InvalidManifestError',
      cause,
    })
  }
}

/** A CID cannot be the one asked for: another version, codec or hash. */
export class UnexpectedCidError extends BaseError {
  constructor({ cid, expected }: { cid: string; expected: string }) {
    super(`CID ${cid} is not ${expected}.`, {
      metaMessages: ['The protocol uses CIDv1 with sha2-256.'],
      name: 'UnexpectedCidError',
    })
  }
}
