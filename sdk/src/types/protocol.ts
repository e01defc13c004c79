import type { Address, Hex } from 'viem'

/** What a Datanet holds. Fixed for ever when it is created. */
export type Modality = 'Text' | 'Image' | 'Audio'

/** File format of a contribution, by its usual extension. */
export type Format = 'md' | 'txt' | 'pdf' | 'docx' | 'png' | 'jpg' | 'webp' | 'tiff' | 'bmp' | 'wav' | 'mp3' | 'flac'

/** Where a lot stands. `open` takes submissions; `accrued` and `lapsed` never change again. */
export type LotStatus = 'open' | 'closed' | 'settled' | 'appealed' | 'accrued' | 'lapsed'

/** The terms of a Datanet. Amounts in wei of OPEN, windows in seconds. See `contracts/interfaces/IDatanets.sol`. */
export type Terms = {
  rewardPerFile: bigint
  lotFee: bigint
  lotWindow: number
  /** Bitmap of the formats taken. */
  formats: number
  fileCap: number
  /** Kilobytes of 1000 bytes per contributor and UTC day. */
  dailyKilobytes: number
  gated: boolean
  voteWindow: number
  challengeWindow: number
  seatCount: number
  quorum: number
  acceptBps: number
  appealBondFees: number
  admission: Address
}

/** The moving figures of a Datanet. */
export type Book = {
  budget: bigint
  fileCount: number
  lotNumber: number
  openCount: number
  openedAt: number
}

/** The state of a lot after closing, as contracts take it back. Hashing it gives what the chain holds. */
export type Lot = {
  id: bigint
  digest: Hex
  itemCount: bigint
  /** Packed validator ids, see `unpackSeats`. */
  seats: bigint
  closedAt: bigint
  settledAt: bigint
  /** Index into `lotStatuses`. */
  status: number
  accepted: bigint
  undecided: bigint
  revoked: bigint
}

/** One submission as contracts take it back. */
export type Submission = {
  /** Packed word, see `unpackEntry`. */
  entry: bigint
  /** Hash of root and manifest list digest. */
  content: Hex
}

/** What an {@link Submission.entry} unpacks to. */
export type Entry = {
  contributor: Address
  /** Position in the lot of the first item. */
  first: number
  count: number
  totalBytes: number
  /** Bitmap of the formats used. */
  formats: number
  enteredBlock: bigint
}

/** One contribution as its leaf commits to it. */
export type Contribution = {
  /** Position within the submission. */
  index: bigint
  /** sha-256 of the file. */
  contentHash: Hex
  size: bigint
  /** Format code, see `formatCodes`. */
  format: bigint
  /** sha-256 digest in the manifest's CID. */
  manifestDigest: Hex
}

/** A proof that a contribution is part of a lot. */
export type ItemProof = {
  /** Position of its submission in the lot's list. */
  submission: bigint
  root: Hex
  manifests: Hex
  contribution: Contribution
  path: readonly Hex[]
}

/** The votes of one validator on one lot: disjoint words, bit i for item i, and the digest of its report. */
export type Votes = { accepted: bigint; rejected: bigint; report: Hex }

/** Votes with their signature in EIP-2098's compact form. */
export type Attestation = Votes & { r: Hex; vs: Hex }
