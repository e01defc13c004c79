export { EmptyFileError, NoFilesError } from '../errors/submission.ts'
export {
  InvalidIdError,
  InvalidManifestError,
  InvalidScoresError,
  InvalidSignatureLengthError,
  OutOfRangeError,
  UnexpectedCidError,
  UnknownFormatError,
} from '../errors/values.ts'
export type {
  Attestation,
  Contribution,
  Entry,
  Format,
  ItemProof,
  Lot,
  LotStatus,
  Modality,
  Submission,
  Terms,
  Votes,
} from '../types/protocol.ts'
export type { Receipt, ReceiptEvent, ReceiptRun } from '../types/receipt.ts'
export type { RunResult, RunSpec, RunStatus, ShareProof, Voucher } from '../types/run.ts'
export { bitsOf, hasBit, itemsMask, LOT_CAPACITY, popcount, wordOf } from './bitmaps.ts'
export { type Codec, cidOfBlock, cidToDigest, codecOf, codecs, digestToCid, isBlockOf, parseCid } from './cid.ts'
export { itemsOf, packEntry, unpackEntry } from './entry.ts'
export { cidOfFile, importFile } from './file.ts'
export {
  formatCode,
  formatOf,
  formatOfName,
  formats,
  formatsIn,
  formatsWord,
  modalities,
  modalityFormats,
  modalityOf,
} from './formats.ts'
export {
  formatContributionId,
  formatLotId,
  fromContributionId,
  fromLotId,
  parseContributionId,
  parseLotId,
  toContributionId,
  toLotId,
} from './ids.ts'
export {
  comparePositions,
  compareRows,
  type EventPosition,
  type LeaderboardEvent,
  type LeaderboardRow,
  leaderboardEventNames,
  leaderboardOf,
} from './leaderboard.ts'
export { BPS, DAILY_BYTES, DAILY_FILES, dayOf, nextDayAt } from './limits.ts'
export { chainDigest, contentOf, genesisOf, hashLot, linkDigest, lotStatusCode, lotStatuses } from './lot.ts'
export { checkList, checkManifestOf, type ItemMismatch, manifestListCid } from './lotItems.ts'
export {
  type LotDeadlines,
  type LotState,
  type LotSubmission,
  type LotVote,
  lotStateOf,
  type OpenLot,
} from './lotState.ts'
export {
  type CreateManifestParameters,
  createManifest,
  decodeManifest,
  type EncodedBlock,
  encodeDagJson,
  encodeManifest,
  MAX_MANIFEST_BYTES,
  type Manifest,
} from './manifest.ts'
export {
  decodeManifestList,
  encodeManifestList,
  MAX_MANIFEST_LIST_BYTES,
  type ManifestList,
  type ManifestListItem,
  toContributions,
  toManifestList,
} from './manifestList.ts'
export { checkReceipt, type ReceiptAnchors, type ReceiptCheck, type ReceiptLink } from './receipt.ts'
export { hashResult, hashRun, type RunSpecInput, runStatuses, toRunSpec } from './run.ts'
export { MAX_SEATS, packSeats, unpackSeats } from './seats.ts'
export { SHARE_TOTAL, toShares } from './shares.ts'
export { type CompactSignature, fromCompactSignature, toCompactSignature } from './signature.ts'
export {
  type PackedItem,
  type PackedSubmission,
  type PackSubmissionParameters,
  packSubmission,
  type SubmissionFile,
  unpackSubmission,
} from './submission.ts'
export {
  addVotes,
  atLeast,
  type Counter,
  countAccepts,
  informationScore,
  newCounter,
  splitFee,
  tally,
  thresholdUp,
} from './tally.ts'
export {
  leafOf,
  type ShareLeaf,
  shareLeafOf,
  shareTreeOf,
  type Tree,
  treeOf,
  verifyContribution,
  verifyShare,
} from './tree.ts'
export {
  createIndexTrie,
  encodeReceipt,
  type IndexTrie,
  logsInReceipt,
  type ReceiptFields,
  verifyIndexProof,
} from './trie.ts'
export {
  lotAttestationTypedData,
  runAttestationTypedData,
  runRefusalTypedData,
  type SigningDomain,
  type SubmitAuthorization,
  signingKeyTypedData,
  submitTypedData,
  voucherTypedData,
} from './typedData.ts'
