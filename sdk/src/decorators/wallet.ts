import type { Client } from 'viem'
import { type AccrueParameters, type AccrueReturnType, accrue } from '../actions/accrue.ts'
import { type ClaimParameters, type ClaimReturnType, claim } from '../actions/claim.ts'
import { type ClaimEarningsParameters, type ClaimEarningsReturnType, claimEarnings } from '../actions/claimEarnings.ts'
import { type CloseLotParameters, type CloseLotReturnType, closeLot } from '../actions/closeLot.ts'
import { type CreateDatanetParameters, type CreateDatanetReturnType, createDatanet } from '../actions/createDatanet.ts'
import { type FundParameters, type FundReturnType, fund } from '../actions/fund.ts'
import { type LapseParameters, type LapseReturnType, lapse } from '../actions/lapse.ts'
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
import { type RegisterParameters, type RegisterReturnType, register } from '../actions/register.ts'
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
import { type SetPayoutParameters, type SetPayoutReturnType, setPayout } from '../actions/setPayout.ts'
import { type SetSigningKeyParameters, type SetSigningKeyReturnType, setSigningKey } from '../actions/setSigningKey.ts'
import { type SettleParameters, type SettleReturnType, settle } from '../actions/settle.ts'
import {
  type SignAttestationParameters,
  type SignAttestationReturnType,
  signAttestation,
} from '../actions/signAttestation.ts'
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
import type { DeploymentParameter } from '../addresses.ts'

/** Writes and signatures of the protocol, attached to a client with an account. */
export type WalletActionsDatanets = {
  accrue: (parameters: AccrueParameters) => Promise<AccrueReturnType>
  claim: (parameters?: ClaimParameters) => Promise<ClaimReturnType>
  claimEarnings: (parameters: ClaimEarningsParameters) => Promise<ClaimEarningsReturnType>
  closeLot: (parameters: CloseLotParameters) => Promise<CloseLotReturnType>
  createDatanet: (parameters: CreateDatanetParameters) => Promise<CreateDatanetReturnType>
  fund: (parameters: FundParameters) => Promise<FundReturnType>
  lapse: (parameters: LapseParameters) => Promise<LapseReturnType>
  postAttestation: (parameters: PostAttestationParameters) => Promise<PostAttestationReturnType>
  prepareSubmission: (parameters: PrepareSubmissionParameters) => Promise<PrepareSubmissionReturnType>
  publishSubmission: (parameters: PublishSubmissionParameters) => Promise<PublishSubmissionReturnType>
  register: (parameters: RegisterParameters) => Promise<RegisterReturnType>
  resumeSubmissions: (parameters: ResumeSubmissionsParameters) => Promise<ResumeSubmissionsReturnType>
  revokeDuplicate: (parameters: RevokeDuplicateParameters) => Promise<RevokeDuplicateReturnType>
  setPayout: (parameters: SetPayoutParameters) => Promise<SetPayoutReturnType>
  setSigningKey: (parameters: SetSigningKeyParameters) => Promise<SetSigningKeyReturnType>
  settle: (parameters: SettleParameters) => Promise<SettleReturnType>
  signAttestation: (parameters: SignAttestationParameters) => Promise<SignAttestationReturnType>
  signSubmission: (parameters: SignSubmissionParameters) => Promise<SignSubmissionReturnType>
  slash: (parameters: SlashParameters) => Promise<SlashReturnType>
  stake: (parameters: StakeParameters) => Promise<StakeReturnType>
  submit: (parameters: SubmitParameters) => Promise<SubmitReturnType>
  submitFor: (parameters: SubmitForParameters) => Promise<SubmitForReturnType>
  unstake: (parameters: UnstakeParameters) => Promise<UnstakeReturnType>
  withdraw: (parameters?: WithdrawParameters) => Promise<WithdrawReturnType>
}

/**
 * Attaches writes and signatures to a client: `client.extend(walletActionsDatanets())`.
 *
 * @param options.deployment - The deployment all of them work with; the one of the client's chain by default.
 */
export function walletActionsDatanets({ deployment }: DeploymentParameter = {}) {
  return (client: Client): WalletActionsDatanets => ({
    accrue: (parameters) => accrue(client, { deployment, ...parameters }),
    claim: (parameters) => claim(client, { deployment, ...parameters }),
    claimEarnings: (parameters) => claimEarnings(client, { deployment, ...parameters }),
    closeLot: (parameters) => closeLot(client, { deployment, ...parameters }),
    createDatanet: (parameters) => createDatanet(client, { deployment, ...parameters }),
    fund: (parameters) => fund(client, { deployment, ...parameters }),
    lapse: (parameters) => lapse(client, { deployment, ...parameters }),
    postAttestation: (parameters) => postAttestation(client, { deployment, ...parameters }),
    prepareSubmission: (parameters) => prepareSubmission(client, { deployment, ...parameters }),
    publishSubmission: (parameters) => publishSubmission(client, { deployment, ...parameters }),
    register: (parameters) => register(client, { deployment, ...parameters }),
    resumeSubmissions: (parameters) => resumeSubmissions(client, { deployment, ...parameters }),
    revokeDuplicate: (parameters) => revokeDuplicate(client, { deployment, ...parameters }),
    setPayout: (parameters) => setPayout(client, { deployment, ...parameters }),
    setSigningKey: (parameters) => setSigningKey(client, { deployment, ...parameters }),
    settle: (parameters) => settle(client, { deployment, ...parameters }),
    signAttestation: (parameters) => signAttestation(client, { deployment, ...parameters }),
    signSubmission: (parameters) => signSubmission(client, parameters),
    slash: (parameters) => slash(client, { deployment, ...parameters }),
    stake: (parameters) => stake(client, { deployment, ...parameters }),
    submit: (parameters) => submit(client, { deployment, ...parameters }),
    submitFor: (parameters) => submitFor(client, { deployment, ...parameters }),
    unstake: (parameters) => unstake(client, { deployment, ...parameters }),
    withdraw: (parameters) => withdraw(client, { deployment, ...parameters }),
  })
}
