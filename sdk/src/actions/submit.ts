import type { Client, Hex, TransactionReceipt } from 'viem'
import { getBlockNumber } from 'viem/actions'
import { datanetsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { TransactionRevertedError } from '../errors/chain.ts'
import { PublishFailedError } from '../errors/submission.ts'
import type { SubmissionJournal } from '../journal/types.ts'
import type { ContentStore } from '../storage/types.ts'
import type { PackedSubmission, SubmissionFile } from '../utils/submission.ts'
import { sendOnce } from './internal/sendSigned.ts'
import { enteredOf, recordOf } from './internal/submissions.ts'
import {
  accountOf,
  eventIn,
  simulate,
  toCall,
  type WriteParameters,
  type WriteProgress,
  waitFor,
} from './internal/write.ts'
import { prepareSubmission } from './prepareSubmission.ts'
import { type PublishProgress, type PublishSubmissionReturnType, publish } from './publishSubmission.ts'

export type SubmitProgress = { step: 'packed'; root: Hex } | WriteProgress | PublishProgress

export type SubmitParameters = Omit<WriteParameters, 'onProgress'> & {
  datanetId: bigint
  /** Files of one modality, in the order of their positions. */
  files: readonly SubmissionFile[]
  /** Where files and manifests are published once the submission is mined. */
  store: ContentStore
  /** Keeps the submission safe until it is published; see `resumeSubmissions`. */
  journal: SubmissionJournal
  /** What the Datanet's gate asks for. */
  admission?: Hex | undefined
  /** Written into the manifests; now by default. */
  createdAt?: Date | undefined
  onProgress?: ((progress: SubmitProgress) => void) | undefined
}

export type SubmitReturnType = PublishSubmissionReturnType & { receipt: TransactionReceipt }

export type PrepareSubmitParameters = DeploymentParameter & {
  submission: PackedSubmission
  admission?: Hex | undefined
}

/** The call that enters a packed submission. */
export async function prepareSubmit(
  client: Client,
  { admission = '0x', deployment, submission }: PrepareSubmitParameters,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  const { count, datanetId, formats, manifests, root, totalBytes } = submission
  return toCall({
    address: contracts.Datanets.address,
    abi: datanetsAbi,
    functionName: 'submit',
    args: [datanetId, root, BigInt(count), BigInt(totalBytes), BigInt(formats), manifests, admission],
  })
}

/** Checks a submission against formats, quotas, caps and budget without sending it. */
export async function simulateSubmit(
  client: Client,
  parameters: PrepareSubmitParameters & WriteParameters,
): Promise<{ lotId: bigint; first: number }> {
  const account = parameters.account ?? parameters.submission.contributor
  const [lotId, first] = await simulate(client, await prepareSubmit(client, parameters), { ...parameters, account })
  return { lotId, first: Number(first) }
}

/**
 * Enters files into a Datanet and publishes them: packs locally, checks every limit, writes to the journal, sends, waits
 * until mined, and only then publishes payloads and manifests.
 *
 * @throws {DatanetsDailyFilesExceededError} and every other limit, before anything is sent.
 * @throws {PublishFailedError} when it is entered but not yet published: `resumeSubmissions` finishes it.
 */
export async function submit(client: Client, parameters: SubmitParameters): Promise<SubmitReturnType> {
  const { admission = '0x', journal, onProgress, signal } = parameters
  const deployment = await resolveDeployment(client, parameters.deployment)
  const account = accountOf(client, { account: parameters.account }, 'submit')
  const submission = await prepareSubmission(client, { ...parameters, deployment, contributor: account.address })
  onProgress?.({ step: 'packed', root: submission.root })
  const options = { account, admission, deployment, submission }
  await simulateSubmit(client, options)
  onProgress?.({ step: 'simulated' })
  signal?.throwIfAborted()

  const block = await getBlockNumber(client, { cacheTime: 0 })
  const receipt = await enter(client, { ...parameters, account, admission, submission, block, deployment })
  const address = deployment.contracts.Datanets.address
  const entered = enteredOf(eventIn(receipt, { abi: datanetsAbi, address, eventName: 'Submitted' }))
  onProgress?.({ step: 'mined', hash: entered.hash })
  try {
    const published = await publish(submission, entered, parameters)
    await journal.delete(submission.root)
    return { ...published, receipt }
  } catch (cause) {
    throw new PublishFailedError({ cause, contributionIds: entered.contributionIds, hash: entered.hash })
  }
}

/** Sends a submission with the journal a step ahead of it, and waits until it is mined. */
async function enter(
  client: Client,
  parameters: Pick<SubmitParameters, 'journal' | 'onProgress' | 'signal' | 'confirmations'> &
    Parameters<typeof prepareSubmit>[1] & { account: ReturnType<typeof accountOf>; admission: Hex; block: bigint },
): Promise<TransactionReceipt> {
  const { account, admission, block, journal, onProgress, submission } = parameters
  const call = await prepareSubmit(client, parameters)
  const record = recordOf(submission, { admission, block })
  await journal.put(record)
  let signed = false
  let hash: Hex
  try {
    hash = await sendOnce(client, call, account, async (transaction) => {
      signed = true
      await journal.put({ ...record, transaction })
    })
  } catch (error) {
    // Not even signed, so nothing can be on its way. After signing nobody knows, and the record stays.
    if (!signed) await journal.delete(record.id)
    throw error
  }
  onProgress?.({ step: 'sent', hash })
  const receipt = await waitFor(client, hash, parameters)
  if (receipt.status === 'reverted') {
    await journal.delete(record.id)
    const cause = await simulateSubmit(client, parameters).catch((error: unknown) => error)
    throw new TransactionRevertedError({ hash, cause: cause instanceof Error ? cause : undefined })
  }
  return receipt
}
