export { appealsAbi, datanetsAbi, modelFactoryAbi, openTokenAbi, validatorsAbi } from './abis.ts'
export {
  type AccrueParameters,
  type AccrueReturnType,
  accrue,
  prepareAccrue,
  simulateAccrue,
} from './actions/accrue.ts'
export {
  type AnchorRunParameters,
  type AnchorRunReturnType,
  anchorRun,
  prepareAnchorRun,
  simulateAnchorRun,
} from './actions/anchorRun.ts'
export {
  type AppealParameters,
  type AppealReturnType,
  appeal,
  prepareAppeal,
  simulateAppeal,
} from './actions/appeal.ts'
export {
  type AppealFreeParameters,
  type AppealFreeReturnType,
  appealFree,
  prepareAppealFree,
  simulateAppealFree,
} from './actions/appealFree.ts'
export {
  type AttestAppealParameters,
  type AttestAppealReturnType,
  attestAppeal,
  prepareAttestAppeal,
  simulateAttestAppeal,
} from './actions/attestAppeal.ts'
export {
  type AttestRunParameters,
  type AttestRunReturnType,
  attestRun,
  prepareAttestRun,
  simulateAttestRun,
} from './actions/attestRun.ts'
export { type ClaimParameters, type ClaimReturnType, claim, prepareClaim, simulateClaim } from './actions/claim.ts'
export {
  type ClaimBondsParameters,
  type ClaimBondsReturnType,
  claimBonds,
  prepareClaimBonds,
  simulateClaimBonds,
} from './actions/claimBonds.ts'
export {
  type ClaimEarningsParameters,
  type ClaimEarningsReturnType,
  claimEarnings,
  prepareClaimEarnings,
  simulateClaimEarnings,
} from './actions/claimEarnings.ts'
export {
  type ClaimFeesParameters,
  type ClaimFeesReturnType,
  claimFees,
  prepareClaimFees,
  simulateClaimFees,
} from './actions/claimFees.ts'
export {
  type ClaimSharesParameters,
  type ClaimSharesReturnType,
  claimShares,
  prepareClaimShares,
  simulateClaimShares,
} from './actions/claimShares.ts'
export {
  type CloseLotParameters,
  type CloseLotReturnType,
  closeLot,
  prepareCloseLot,
  simulateCloseLot,
} from './actions/closeLot.ts'
export {
  type CollectVoucherParameters,
  type CollectVoucherReturnType,
  collectVoucher,
  prepareCollectVoucher,
  simulateCollectVoucher,
} from './actions/collectVoucher.ts'
export {
  type CreateDatanetParameters,
  type CreateDatanetReturnType,
  createDatanet,
  prepareCreateDatanet,
  simulateCreateDatanet,
  type TermsInput,
  toTerms,
} from './actions/createDatanet.ts'
export {
  type DefendParameters,
  type DefendReturnType,
  defend,
  prepareDefend,
  simulateDefend,
} from './actions/defend.ts'
export {
  type DepositParameters,
  type DepositReturnType,
  deposit,
  prepareDeposit,
  simulateDeposit,
} from './actions/deposit.ts'
export { type ExplainParameters, type ExplainReturnType, explain } from './actions/explain.ts'
export { type FundParameters, type FundReturnType, fund, prepareFund, simulateFund } from './actions/fund.ts'
export {
  type AppealState,
  type AppealStatus,
  type GetAppealParameters,
  type GetAppealReturnType,
  getAppeal,
} from './actions/getAppeal.ts'
export { type GetBalanceParameters, type GetBalanceReturnType, getBalance } from './actions/getBalance.ts'
export {
  type DatanetBalance,
  type GetBalancesParameters,
  type GetBalancesReturnType,
  getBalances,
} from './actions/getBalances.ts'
export {
  type ContributionState,
  type ContributionStatus,
  type GetContributionParameters,
  type GetContributionReturnType,
  getContribution,
  type ItemVote,
} from './actions/getContribution.ts'
export {
  type GetContributorParameters,
  type GetContributorReturnType,
  getContributor,
} from './actions/getContributor.ts'
export { type Datanet, type GetDatanetParameters, type GetDatanetReturnType, getDatanet } from './actions/getDatanet.ts'
export { type GetDatanetsParameters, type GetDatanetsReturnType, getDatanets } from './actions/getDatanets.ts'
export {
  type GetLeaderboardParameters,
  type GetLeaderboardReturnType,
  getLeaderboard,
} from './actions/getLeaderboard.ts'
export { type GetLotParameters, type GetLotReturnType, getLot } from './actions/getLot.ts'
export {
  type GetLotItemsParameters,
  type GetLotItemsReturnType,
  getLotItems,
  type LotItem,
} from './actions/getLotItems.ts'
export { type GetLotsParameters, type GetLotsReturnType, getLots } from './actions/getLots.ts'
export { type GetRulesParameters, type GetRulesReturnType, getRules } from './actions/getRules.ts'
export {
  type GetRunParameters,
  type GetRunReturnType,
  type GetRunsParameters,
  type GetRunsReturnType,
  getRun,
  getRuns,
  type RunFee,
  type RunState,
  type RunVote,
} from './actions/getRun.ts'
export { type GetUsageParameters, type GetUsageReturnType, getUsage, type Quota } from './actions/getUsage.ts'
export {
  type GetValidatorParameters,
  type GetValidatorReturnType,
  getValidator,
  type Validator,
} from './actions/getValidator.ts'
export { type GetValidatorsParameters, type GetValidatorsReturnType, getValidators } from './actions/getValidators.ts'
export type { Approval, ApprovalParameters } from './actions/internal/allowance.ts'
export type { LotParameters } from './actions/internal/lotCall.ts'
export type { ReadParameters } from './actions/internal/read.ts'
export type { EnteredSubmission } from './actions/internal/submissions.ts'
export type { PreparedCall, WriteParameters, WriteProgress, WriteReturnType } from './actions/internal/write.ts'
export { type LapseParameters, type LapseReturnType, lapse, prepareLapse, simulateLapse } from './actions/lapse.ts'
export {
  type OpenRunParameters,
  type OpenRunReturnType,
  openRun,
  prepareOpenRun,
  simulateOpenRun,
} from './actions/openRun.ts'
export {
  type PayFeeParameters,
  type PayFeeReturnType,
  payFee,
  preparePayFee,
  simulatePayFee,
} from './actions/payFee.ts'
export {
  type PlannedFile,
  type PlanSubmissionsParameters,
  type PlanSubmissionsReturnType,
  type PostponedReason,
  planSubmissions,
  type RefusedReason,
} from './actions/planSubmissions.ts'
export {
  type PostAttestationParameters,
  type PostAttestationReturnType,
  postAttestation,
  preparePostAttestation,
  simulatePostAttestation,
} from './actions/postAttestation.ts'
export {
  type PrepareSubmissionParameters,
  type PrepareSubmissionReturnType,
  prepareSubmission,
} from './actions/prepareSubmission.ts'
export {
  type ProveContributionParameters,
  type ProveContributionReturnType,
  proveContribution,
} from './actions/proveContribution.ts'
export {
  type PublishedItem,
  type PublishProgress,
  type PublishSubmissionParameters,
  type PublishSubmissionReturnType,
  publishSubmission,
} from './actions/publishSubmission.ts'
export {
  prepareRefuseRun,
  type RefuseRunParameters,
  type RefuseRunReturnType,
  refuseRun,
  simulateRefuseRun,
} from './actions/refuseRun.ts'
export {
  prepareRegister,
  type RegisterParameters,
  type RegisterReturnType,
  register,
  type SigningKey,
  signSigningKey,
  simulateRegister,
} from './actions/register.ts'
export {
  prepareRequestWithdrawal,
  type RequestWithdrawalParameters,
  type RequestWithdrawalReturnType,
  requestWithdrawal,
  simulateRequestWithdrawal,
} from './actions/requestWithdrawal.ts'
export {
  prepareResolveObjection,
  type ResolveObjectionParameters,
  type ResolveObjectionReturnType,
  resolveObjection,
  simulateResolveObjection,
} from './actions/resolveObjection.ts'
export {
  type ResumedSubmission,
  type ResumeSubmissionsParameters,
  type ResumeSubmissionsReturnType,
  resumeSubmissions,
} from './actions/resumeSubmissions.ts'
export {
  prepareRevokeDuplicate,
  type RevokeDuplicateParameters,
  type RevokeDuplicateReturnType,
  revokeDuplicate,
  simulateRevokeDuplicate,
} from './actions/revokeDuplicate.ts'
export {
  prepareSeatAppeal,
  type SeatAppealParameters,
  type SeatAppealReturnType,
  seatAppeal,
  simulateSeatAppeal,
} from './actions/seatAppeal.ts'
export { logsOf, type SendBatchParameters, type SendBatchReturnType, sendBatch } from './actions/sendBatch.ts'
export {
  prepareSetPayout,
  type SetPayoutParameters,
  type SetPayoutReturnType,
  setPayout,
  simulateSetPayout,
} from './actions/setPayout.ts'
export {
  prepareSetSigningKey,
  type SetSigningKeyParameters,
  type SetSigningKeyReturnType,
  setSigningKey,
  simulateSetSigningKey,
} from './actions/setSigningKey.ts'
export {
  prepareSettle,
  type SeatAttestation,
  type SettleParameters,
  type SettleReturnType,
  settle,
  simulateSettle,
} from './actions/settle.ts'
export {
  prepareSettleAppeal,
  type SettleAppealParameters,
  type SettleAppealReturnType,
  settleAppeal,
  simulateSettleAppeal,
} from './actions/settleAppeal.ts'
export {
  type SignAttestationParameters,
  type SignAttestationReturnType,
  signAttestation,
} from './actions/signAttestation.ts'
export {
  type SignRunAttestationParameters,
  type SignRunRefusalParameters,
  type SignVoucherParameters,
  signRunAttestation,
  signRunRefusal,
  signVoucher,
} from './actions/signRun.ts'
export {
  type SignSubmissionParameters,
  type SignSubmissionReturnType,
  signSubmission,
} from './actions/signSubmission.ts'
export { prepareSlash, type SlashParameters, type SlashReturnType, simulateSlash, slash } from './actions/slash.ts'
export { prepareStake, type StakeParameters, type StakeReturnType, simulateStake, stake } from './actions/stake.ts'
export {
  type PrepareSubmitParameters,
  prepareSubmit,
  type SubmitParameters,
  type SubmitProgress,
  type SubmitReturnType,
  simulateSubmit,
  submit,
} from './actions/submit.ts'
export {
  prepareSubmitFor,
  type SubmitForParameters,
  type SubmitForReturnType,
  simulateSubmitFor,
  submitFor,
} from './actions/submitFor.ts'
export {
  prepareUnstake,
  simulateUnstake,
  type UnstakeParameters,
  type UnstakeReturnType,
  unstake,
} from './actions/unstake.ts'
export {
  type LeaderboardDifference,
  type VerifyLeaderboardParameters,
  type VerifyLeaderboardReturnType,
  verifyLeaderboard,
} from './actions/verifyLeaderboard.ts'
export { type VerifyReceiptParameters, type VerifyReceiptReturnType, verifyReceipt } from './actions/verifyReceipt.ts'
export {
  type Unwatch,
  type WatchEventsParameters,
  type WatchLeaderboardParameters,
  type WatchLotParameters,
  watchEvents,
  watchLeaderboard,
  watchLot,
} from './actions/watch.ts'
export {
  prepareWithdraw,
  simulateWithdraw,
  type WithdrawParameters,
  type WithdrawReturnType,
  withdraw,
} from './actions/withdraw.ts'
export {
  prepareWithdrawDeposit,
  simulateWithdrawDeposit,
  type WithdrawDepositParameters,
  type WithdrawDepositReturnType,
  withdrawDeposit,
} from './actions/withdrawDeposit.ts'
export { type DeploymentParameter, getDeployment, registerDeployment } from './addresses.ts'
export { type PublicActionsDatanets, publicActionsDatanets } from './decorators/public.ts'
export { type WalletActionsDatanets, walletActionsDatanets } from './decorators/wallet.ts'
export {
  AppealsAlreadyAttestedError,
  AppealsAlreadyDefendedError,
  AppealsAlreadyResolvedError,
  AppealsChallengeWindowOpenError,
  AppealsChallengeWindowOverError,
  AppealsFreeAppealUsedError,
  AppealsItemsNotAllowedError,
  AppealsJudgeAndPartyError,
  AppealsLotMismatchError,
  AppealsNotContributorError,
  AppealsRandomnessNotReadyError,
  AppealsSubmissionsMismatchError,
  AppealsTransferMismatchError,
  AppealsUnexpectedStatusError,
  AppealsUnknownObjectionError,
  AppealsUnknownSeatError,
  AppealsVotesNotAllowedError,
  AppealsVoteWindowOpenError,
  AppealsVoteWindowOverError,
  AppealsWrongSignerError,
} from './errors/appeals.ts'
export { BaseError, type BaseErrorOptions } from './errors/base.ts'
export { BatchFailedError } from './errors/batch.ts'
export {
  AccountRequiredError,
  EventsUnavailableError,
  InconsistentEventsError,
  MissingEventError,
  TransactionRevertedError,
  UnexpectedLotStatusError,
  UnknownContributionError,
  UnknownLotError,
} from './errors/chain.ts'
export { ContractError, type ContractErrorOptions, UnknownRevertError } from './errors/contract.ts'
export {
  DatanetsBudgetTooSmallError,
  DatanetsCountOutOfBoundsError,
  DatanetsDailyBytesExceededError,
  DatanetsDailyFilesExceededError,
  DatanetsDatanetBytesExceededError,
  DatanetsEmptyFilesError,
  DatanetsFileCapExceededError,
  DatanetsFormatNotAllowedError,
  DatanetsInvalidSignatureError,
  DatanetsNonceUsedError,
  DatanetsNotAdmittedError,
  DatanetsSignatureExpiredError,
  DatanetsTermOutOfBoundsError,
  DatanetsTransferMismatchError,
  DatanetsUnauthorizedError,
  DatanetsUnknownDatanetError,
  DatanetsWrongModalityError,
  DatanetsZeroCommitmentError,
} from './errors/datanets.ts'
export { decodeContractError } from './errors/decode.ts'
export { UnknownDeploymentError } from './errors/deployment.ts'
export { ProviderWithoutRpcError, SignerWithoutProviderError } from './errors/ethers.ts'
export { JournalCorruptError } from './errors/journal.ts'
export {
  DatanetsAlreadyPostedError,
  DatanetsChallengeWindowOpenError,
  DatanetsChallengeWindowOverError,
  DatanetsContradictionError,
  DatanetsInvalidProofError,
  DatanetsLotMismatchError,
  DatanetsLotOpenError,
  DatanetsNotAcceptedError,
  DatanetsNotDuplicateError,
  DatanetsPostedLeftOutError,
  DatanetsPostedMismatchError,
  DatanetsQuorumNotReachedError,
  DatanetsRandomnessNotReadyError,
  DatanetsSeatsMismatchError,
  DatanetsSubmissionsMismatchError,
  DatanetsUnexpectedStatusError,
  DatanetsVotesOutOfRangeError,
  DatanetsVoteWindowOpenError,
  DatanetsVoteWindowOverError,
  DatanetsWrongSignerError,
} from './errors/lots.ts'
export {
  ModelFactoryDepositLockedError,
  ModelFactoryDepositTooSmallError,
  ModelFactoryInvalidProofError,
  ModelFactoryInvalidSignatureError,
  ModelFactoryNothingToCollectError,
  ModelFactoryNotOwnerError,
  ModelFactoryNotValidatorError,
  ModelFactoryOpenedInThisBlockError,
  ModelFactoryOutOfBoundsError,
  ModelFactoryOwnRunError,
  ModelFactoryParentNotAnchoredError,
  ModelFactoryResultRefusedError,
  ModelFactoryRunExistsError,
  ModelFactoryShareTotalExceededError,
  ModelFactoryTransferMismatchError,
  ModelFactoryUnexpectedStatusError,
  ModelFactoryVoucherExpiredError,
  ModelFactoryZeroAmountError,
  ModelFactoryZeroDigestError,
  ModelFactoryZeroPlatformError,
} from './errors/modelFactory.ts'
export { InconsistentRunError, UnknownRunError } from './errors/run.ts'
export {
  EmptyFileError,
  InvalidVotesError,
  ListMismatchError,
  NoFilesError,
  NothingToClaimError,
  PayloadMismatchError,
  PublishFailedError,
  SubmissionNotMinedError,
} from './errors/submission.ts'
export {
  AddressEmptyCodeError,
  ECDSAInvalidSignatureError,
  ECDSAInvalidSignatureLengthError,
  ECDSAInvalidSignatureSError,
  ERC20InsufficientAllowanceError,
  ERC20InsufficientBalanceError,
  ERC20InvalidApproverError,
  ERC20InvalidReceiverError,
  ERC20InvalidSenderError,
  ERC20InvalidSpenderError,
  ERC2612ExpiredSignatureError,
  ERC2612InvalidSignerError,
  FailedCallError,
  InvalidAccountNonceError,
  InvalidShortStringError,
  ReentrancyGuardReentrantCallError,
  SafeERC20FailedOperationError,
  StringTooLongError,
} from './errors/token.ts'
export {
  ValidatorsAddressTakenError,
  ValidatorsFullError,
  ValidatorsInvalidKeyProofError,
  ValidatorsNoFaultError,
  ValidatorsRandomnessNotReadyError,
  ValidatorsSignersDifferError,
  ValidatorsSlashedError,
  ValidatorsStillUnbondingError,
  ValidatorsTransferMismatchError,
  ValidatorsUnauthorizedError,
  ValidatorsUnitsOutOfBoundsError,
  ValidatorsUnknownError,
} from './errors/validators.ts'
export {
  InvalidIdError,
  InvalidManifestError,
  InvalidScoresError,
  InvalidSignatureLengthError,
  OutOfRangeError,
  UnexpectedCidError,
  UnknownFormatError,
} from './errors/values.ts'
export { type ReadDatanetsEventsParameters, readDatanetsEvents } from './events/datanets.ts'
export { type ReadEventsParameters, type ReadEventsReturnType, readEvents } from './events/read.ts'
export type { DatanetsEvent, DatanetsEventName } from './events/types.ts'
export { createBrowserJournal } from './journal/indexedDb.ts'
export { createMemoryJournal } from './journal/memory.ts'
export type { SubmissionJournal, SubmissionRecord } from './journal/types.ts'
export type { ContractName, DeployedContract, Deployment } from './types/deployment.ts'
export type {
  Attestation,
  Book,
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
} from './types/protocol.ts'
export type { Receipt, ReceiptEvent, ReceiptRun } from './types/receipt.ts'
export type { RunResult, RunSpec, RunStatus, ShareProof, Voucher } from './types/run.ts'
export type { ItemMismatch } from './utils/lotItems.ts'
export {
  type LotDeadlines,
  type LotState,
  type LotSubmission,
  type LotVote,
  lotStateOf,
  type OpenLot,
} from './utils/lotState.ts'
export { checkReceipt, type ReceiptAnchors, type ReceiptCheck, type ReceiptLink } from './utils/receipt.ts'
export type { RunSpecInput } from './utils/run.ts'
export {
  type PackedItem,
  type PackedSubmission,
  type PackSubmissionParameters,
  packSubmission,
  type SubmissionFile,
  unpackSubmission,
} from './utils/submission.ts'
export { version } from './version.ts'
