import type { Client } from 'viem'
import { type AccrueParameters, type AccrueReturnType, accrue } from '../actions/accrue.ts'
import { type AnchorRunParameters, type AnchorRunReturnType, anchorRun } from '../actions/anchorRun.ts'
import { type AppealParameters, type AppealReturnType, appeal } from '../actions/appeal.ts'
import { type AppealFreeParameters, type AppealFreeReturnType, appealFree } from '../actions/appealFree.ts'
import { type AttestAppealParameters, type AttestAppealReturnType, attestAppeal } from '../actions/attestAppeal.ts'
import { type AttestRunParameters, type AttestRunReturnType, attestRun } from '../actions/attestRun.ts'
import { type ClaimParameters, type ClaimReturnType, claim } from '../actions/claim.ts'
import { type ClaimBondsParameters, type ClaimBondsReturnType, claimBonds } from '../actions/claimBonds.ts'
import { type ClaimEarningsParameters, type ClaimEarningsReturnType, claimEarnings } from '../actions/claimEarnings.ts'
import { type ClaimFeesParameters, type ClaimFeesReturnType, claimFees } from '../actions/claimFees.ts'
import { type ClaimSharesParameters, type ClaimSharesReturnType, claimShares } from '../actions/claimShares.ts'
import { type CloseLotParameters, type CloseLotReturnType, closeLot } from '../actions/closeLot.ts'
import {
  type CollectVoucherParameters,
  type CollectVoucherReturnType,
  collectVoucher,
} from '../actions/collectVoucher.ts'
import { type CreateDatanetParameters, type CreateDatanetReturnType, createDatanet } from '../actions/createDatanet.ts'
import { type DefendParameters, type DefendReturnType, defend } from '../actions/defend.ts'
import { type DepositParameters, type DepositReturnType, deposit } from '../actions/deposit.ts'
import { type FundParameters, type FundReturnType, fund } from '../actions/fund.ts'
import { type LapseParameters, type LapseReturnType, lapse } from '../actions/lapse.ts'
import { type OpenRunParameters, type OpenRunReturnType, openRun } from '../actions/openRun.ts'
import { type PayFeeParameters, type PayFeeReturnType, payFee } from '../actions/payFee.ts'
import {
  type PostAttestationParameters,
  type PostAttestationReturnType,
  postAttestation,
} from '../actions/postAttestation.ts'
import {
  type PrepareSubmissionParameters,
  type PrepareSubmissionReturnType,
  prepareSubmission,
} from '../actions/prepareSubmission.ts'
import {
  type PublishSubmissionParameters,
  type PublishSubmissionReturnType,
  publishSubmission,
} from '../actions/publishSubmission.ts'
import { type RefuseRunParameters, type RefuseRunReturnType, refuseRun } from '../actions/refuseRun.ts'
import { type RegisterParameters, type RegisterReturnType, register } from '../actions/register.ts'
import {
  type RequestWithdrawalParameters,
  type RequestWithdrawalReturnType,
  requestWithdrawal,
} from '../actions/requestWithdrawal.ts'
import {
  type ResolveObjectionParameters,
  type ResolveObjectionReturnType,
  resolveObjection,
} from '../actions/resolveObjection.ts'
import {
  type ResumeSubmissionsParameters,
  type ResumeSubmissionsReturnType,
  resumeSubmissions,
} from '../actions/resumeSubmissions.ts'
import {
  type RevokeDuplicateParameters,
  type RevokeDuplicateReturnType,
  revokeDuplicate,
} from '../actions/revokeDuplicate.ts'
import { type SeatAppealParameters, type SeatAppealReturnType, seatAppeal } from '../actions/seatAppeal.ts'
import { type SendBatchParameters, type SendBatchReturnType, sendBatch } from '../actions/sendBatch.ts'
import { type SetPayoutParameters, type SetPayoutReturnType, setPayout } from '../actions/setPayout.ts'
import { type SetSigningKeyParameters, type SetSigningKeyReturnType, setSigningKey } from '../actions/setSigningKey.ts'
import { type SettleParameters, type SettleReturnType, settle } from '../actions/settle.ts'
import { type SettleAppealParameters, type SettleAppealReturnType, settleAppeal } from '../actions/settleAppeal.ts'
import {
  type SignAttestationParameters,
  type SignAttestationReturnType,
  signAttestation,
} from '../actions/signAttestation.ts'
import {
  type SignRunAttestationParameters,
  type SignRunRefusalParameters,
  type SignVoucherParameters,
  signRunAttestation,
  signRunRefusal,
  signVoucher,
} from '../actions/signRun.ts'
import {
  type SignSubmissionParameters,
  type SignSubmissionReturnType,
  signSubmission,
} from '../actions/signSubmission.ts'
import { type SlashParameters, type SlashReturnType, slash } from '../actions/slash.ts'
import { type StakeParameters, type StakeReturnType, stake } from '../actions/stake.ts'
import { type SubmitParameters, type SubmitReturnType, submit } from '../actions/submit.ts'
import { type SubmitForParameters, type SubmitForReturnType, submitFor } from '../actions/submitFor.ts'
import { type UnstakeParameters, type UnstakeReturnType, unstake } from '../actions/unstake.ts'
import { type WithdrawParameters, type WithdrawReturnType, withdraw } from '../actions/withdraw.ts'
import {
  type WithdrawDepositParameters,
  type WithdrawDepositReturnType,
  withdrawDeposit,
} from '../actions/withdrawDeposit.ts'
import type { DeploymentParameter } from '../addresses.ts'

/** Writes and signatures of the protocol, attached to a client with an account. */
export type WalletActionsDatanets = {
  accrue: (parameters: AccrueParameters) => Promise<AccrueReturnType>
  anchorRun: (parameters: AnchorRunParameters) => Promise<AnchorRunReturnType>
  appeal: (parameters: AppealParameters) => Promise<AppealReturnType>
  appealFree: (parameters: AppealFreeParameters) => Promise<AppealFreeReturnType>
  attestAppeal: (parameters: AttestAppealParameters) => Promise<AttestAppealReturnType>
  attestRun: (parameters: AttestRunParameters) => Promise<AttestRunReturnType>
  claim: (parameters?: ClaimParameters) => Promise<ClaimReturnType>
  claimBonds: (parameters: ClaimBondsParameters) => Promise<ClaimBondsReturnType>
  claimEarnings: (parameters: ClaimEarningsParameters) => Promise<ClaimEarningsReturnType>
  claimFees: (parameters: ClaimFeesParameters) => Promise<ClaimFeesReturnType>
  claimShares: (parameters: ClaimSharesParameters) => Promise<ClaimSharesReturnType>
  closeLot: (parameters: CloseLotParameters) => Promise<CloseLotReturnType>
  collectVoucher: (parameters: CollectVoucherParameters) => Promise<CollectVoucherReturnType>
  createDatanet: (parameters: CreateDatanetParameters) => Promise<CreateDatanetReturnType>
  defend: (parameters: DefendParameters) => Promise<DefendReturnType>
  deposit: (parameters: DepositParameters) => Promise<DepositReturnType>
  fund: (parameters: FundParameters) => Promise<FundReturnType>
  lapse: (parameters: LapseParameters) => Promise<LapseReturnType>
  openRun: (parameters: OpenRunParameters) => Promise<OpenRunReturnType>
  payFee: (parameters: PayFeeParameters) => Promise<PayFeeReturnType>
  postAttestation: (parameters: PostAttestationParameters) => Promise<PostAttestationReturnType>
  prepareSubmission: (parameters: PrepareSubmissionParameters) => Promise<PrepareSubmissionReturnType>
  publishSubmission: (parameters: PublishSubmissionParameters) => Promise<PublishSubmissionReturnType>
  refuseRun: (parameters: RefuseRunParameters) => Promise<RefuseRunReturnType>
  register: (parameters: RegisterParameters) => Promise<RegisterReturnType>
  requestWithdrawal: (parameters: RequestWithdrawalParameters) => Promise<RequestWithdrawalReturnType>
  resolveObjection: (parameters: ResolveObjectionParameters) => Promise<ResolveObjectionReturnType>
  resumeSubmissions: (parameters: ResumeSubmissionsParameters) => Promise<ResumeSubmissionsReturnType>
  revokeDuplicate: (parameters: RevokeDuplicateParameters) => Promise<RevokeDuplicateReturnType>
  seatAppeal: (parameters: SeatAppealParameters) => Promise<SeatAppealReturnType>
  sendBatch: (parameters: SendBatchParameters) => Promise<SendBatchReturnType>
  setPayout: (parameters: SetPayoutParameters) => Promise<SetPayoutReturnType>
  setSigningKey: (parameters: SetSigningKeyParameters) => Promise<SetSigningKeyReturnType>
  settle: (parameters: SettleParameters) => Promise<SettleReturnType>
  settleAppeal: (parameters: SettleAppealParameters) => Promise<SettleAppealReturnType>
  signAttestation: (parameters: SignAttestationParameters) => Promise<SignAttestationReturnType>
  signSubmission: (parameters: SignSubmissionParameters) => Promise<SignSubmissionReturnType>
  slash: (parameters: SlashParameters) => Promise<SlashReturnType>
  stake: (parameters: StakeParameters) => Promise<StakeReturnType>
  submit: (parameters: SubmitParameters) => Promise<SubmitReturnType>
  submitFor: (parameters: SubmitForParameters) => Promise<SubmitForReturnType>
  unstake: (parameters: UnstakeParameters) => Promise<UnstakeReturnType>
  withdraw: (parameters?: WithdrawParameters) => Promise<WithdrawReturnType>
  withdrawDeposit: (parameters?: WithdrawDepositParameters) => Promise<WithdrawDepositReturnType>
  signRunAttestation: (parameters: SignRunAttestationParameters) => ReturnType<typeof signRunAttestation>
  signRunRefusal: (parameters: SignRunRefusalParameters) => ReturnType<typeof signRunRefusal>
  signVoucher: (parameters: SignVoucherParameters) => ReturnType<typeof signVoucher>
}

/**
 * Attaches writes and signatures to a client: `client.extend(walletActionsDatanets())`.
 *
 * @param options.deployment - The deployment all of them work with; the one of the client's chain by default.
 */
export function walletActionsDatanets({ deployment }: DeploymentParameter = {}) {
  return (client: Client): WalletActionsDatanets => ({
    accrue: (parameters) => accrue(client, { deployment, ...parameters }),
    anchorRun: (parameters) => anchorRun(client, { deployment, ...parameters }),
    appeal: (parameters) => appeal(client, { deployment, ...parameters }),
    appealFree: (parameters) => appealFree(client, { deployment, ...parameters }),
    attestAppeal: (parameters) => attestAppeal(client, { deployment, ...parameters }),
    attestRun: (parameters) => attestRun(client, { deployment, ...parameters }),
    claim: (parameters) => claim(client, { deployment, ...parameters }),
    claimBonds: (parameters) => claimBonds(client, { deployment, ...parameters }),
    claimEarnings: (parameters) => claimEarnings(client, { deployment, ...parameters }),
    claimFees: (parameters) => claimFees(client, { deployment, ...parameters }),
    claimShares: (parameters) => claimShares(client, { deployment, ...parameters }),
    closeLot: (parameters) => closeLot(client, { deployment, ...parameters }),
    collectVoucher: (parameters) => collectVoucher(client, { deployment, ...parameters }),
    createDatanet: (parameters) => createDatanet(client, { deployment, ...parameters }),
    defend: (parameters) => defend(client, { deployment, ...parameters }),
    deposit: (parameters) => deposit(client, { deployment, ...parameters }),
    fund: (parameters) => fund(client, { deployment, ...parameters }),
    lapse: (parameters) => lapse(client, { deployment, ...parameters }),
    openRun: (parameters) => openRun(client, { deployment, ...parameters }),
    payFee: (parameters) => payFee(client, { deployment, ...parameters }),
    postAttestation: (parameters) => postAttestation(client, { deployment, ...parameters }),
    prepareSubmission: (parameters) => prepareSubmission(client, { deployment, ...parameters }),
    publishSubmission: (parameters) => publishSubmission(client, { deployment, ...parameters }),
    refuseRun: (parameters) => refuseRun(client, { deployment, ...parameters }),
    register: (parameters) => register(client, { deployment, ...parameters }),
    requestWithdrawal: (parameters) => requestWithdrawal(client, { deployment, ...parameters }),
    resolveObjection: (parameters) => resolveObjection(client, { deployment, ...parameters }),
    resumeSubmissions: (parameters) => resumeSubmissions(client, { deployment, ...parameters }),
    revokeDuplicate: (parameters) => revokeDuplicate(client, { deployment, ...parameters }),
    seatAppeal: (parameters) => seatAppeal(client, { deployment, ...parameters }),
    sendBatch: (parameters) => sendBatch(client, parameters),
    setPayout: (parameters) => setPayout(client, { deployment, ...parameters }),
    setSigningKey: (parameters) => setSigningKey(client, { deployment, ...parameters }),
    settle: (parameters) => settle(client, { deployment, ...parameters }),
    settleAppeal: (parameters) => settleAppeal(client, { deployment, ...parameters }),
    signAttestation: (parameters) => signAttestation(client, { deployment, ...parameters }),
    signSubmission: (parameters) => signSubmission(client, parameters),
    slash: (parameters) => slash(client, { deployment, ...parameters }),
    stake: (parameters) => stake(client, { deployment, ...parameters }),
    submit: (parameters) => submit(client, { deployment, ...parameters }),
    submitFor: (parameters) => submitFor(client, { deployment, ...parameters }),
    unstake: (parameters) => unstake(client, { deployment, ...parameters }),
    withdraw: (parameters) => withdraw(client, { deployment, ...parameters }),
    withdrawDeposit: (parameters) => withdrawDeposit(client, { deployment, ...parameters }),
    signRunAttestation: (parameters) => signRunAttestation(client, { deployment, ...parameters }),
    signRunRefusal: (parameters) => signRunRefusal(client, { deployment, ...parameters }),
    signVoucher: (parameters) => signVoucher(client, { deployment, ...parameters }),
  })
}
