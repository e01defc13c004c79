import { type Account, type Client, type Hex, isAddressEqual, parseTransaction } from 'viem'
import { parseAccount } from 'viem/accounts'
import { getBlockNumber, getTransactionCount, getTransactionReceipt, sendRawTransaction } from 'viem/actions'
import { resolveDeployment } from '../addresses.ts'
import type { SubmissionJournal, SubmissionRecord } from '../journal/types.ts'
import type { ContentStore } from '../storage/types.ts'
import type { Deployment } from '../types/deployment.ts'
import { sendOnce } from './internal/sendSigned.ts'
import { type EnteredSubmission, findEntered, submissionOf } from './internal/submissions.ts'
import { type WriteParameters, waitFor } from './internal/write.ts'
import { type PublishProgress, type PublishSubmissionReturnType, publish } from './publishSubmission.ts'
import { prepareSubmit, simulateSubmit } from './submit.ts'

export type ResumeSubmissionsParameters = Omit<WriteParameters, 'onProgress'> & {
  journal: SubmissionJournal
  store: ContentStore
  /**
   * What to do with a submission that is not on chain. `send` (the default with a key of our own) sends it; `report` (the
   * default with a wallet, whose transaction may still be waiting) leaves it; `discard` drops it.
   */
  whenMissing?: 'send' | 'report' | 'discard' | undefined
  onProgress?: ((progress: PublishProgress & { id: Hex }) => void) | undefined
}

/** What became of one journalled submission. */
export type ResumedSubmission =
  | ({ id: Hex; status: 'published' } & PublishSubmissionReturnType)
  | { id: Hex; status: 'missing' | 'discarded'; datanetId: bigint; names: string[] }
  | { id: Hex; status: 'failed'; datanetId: bigint; names: string[]; error: unknown }

export type ResumeSubmissionsReturnType = ResumedSubmission[]

/**
 * Finishes what a crash or an outage interrupted: submissions on chain are published, those that never arrived are sent.
 * One that fails does not keep the others. Running it again is safe.
 */
export async function resumeSubmissions(
  client: Client,
  parameters: ResumeSubmissionsParameters,
): Promise<ResumeSubmissionsReturnType> {
  const deployment = await resolveDeployment(client, parameters.deployment)
  const { address } = deployment.contracts.Datanets
  const results: ResumedSubmission[] = []
  for (const record of await parameters.journal.list()) {
    parameters.signal?.throwIfAborted()
    if (record.chainId !== deployment.chainId || !isAddressEqual(record.contracts, address)) continue
    try {
      results.push(await resume(client, deployment, record, parameters))
    } catch (error) {
      parameters.signal?.throwIfAborted()
      results.push({ ...nameOf(record), status: 'failed', error })
    }
  }
  return results
}

async function resume(
  client: Client,
  deployment: Deployment,
  record: SubmissionRecord,
  parameters: ResumeSubmissionsParameters,
): Promise<ResumedSubmission> {
  const { journal, onProgress, signal, store } = parameters
  const account = accountFor(client, record, parameters)
  let entered = await find(client, deployment, record)
  entered ??= await sendAgain(client, deployment, record, parameters)
  const whenMissing = parameters.whenMissing ?? (account?.type === 'local' ? 'send' : 'report')
  if (!entered && whenMissing === 'discard') {
    await journal.delete(record.id)
    return { ...nameOf(record), status: 'discarded' }
  }
  if (!entered && whenMissing === 'send' && account)
    entered = await sendAnew(client, deployment, record, account, parameters)
  if (!entered) return { ...nameOf(record), status: 'missing' }
  const published = await publish(submissionOf(record), entered, {
    store,
    signal,
    onProgress: (progress) => onProgress?.({ ...progress, id: record.id }),
  })
  await journal.delete(record.id)
  return { id: record.id, status: 'published', ...published }
}

function nameOf({ datanetId, id, items }: SubmissionRecord) {
  return { id, datanetId, names: items.map(({ name }) => name) }
}

async function find(
  client: Client,
  deployment: Deployment,
  record: SubmissionRecord,
): Promise<EnteredSubmission | undefined> {
  const toBlock = await getBlockNumber(client, { cacheTime: 0 })
  const root = record.id
  return findEntered(client, deployment, { ...record, root }, { fromBlock: record.block, toBlock })
}

/** Sends the very transaction that was signed before: the chain takes it at most once. */
async function sendAgain(
  client: Client,
  deployment: Deployment,
  record: SubmissionRecord,
  parameters: ResumeSubmissionsParameters,
): Promise<EnteredSubmission | undefined> {
  if (!record.transaction?.raw) return undefined
  const { hash, raw } = record.transaction
  try {
    await sendRawTransaction(client, { serializedTransaction: raw })
  } catch (error) {
    // Refused because it is known, or because its nonce was used: by itself, or by another transaction.
    if (!(await isSpent(client, record, hash)) && !/already known|known transaction/i.test(String(error))) throw error
    if (!(await isMined(client, hash))) return undefined
  }
  await waitFor(client, hash, parameters)
  return find(client, deployment, record)
}

async function isMined(client: Client, hash: Hex): Promise<boolean> {
  try {
    await getTransactionReceipt(client, { hash })
    return true
  } catch (error) {
    if (error instanceof Error && error.name === 'TransactionReceiptNotFoundError') return false
    throw error
  }
}

/** Whether the signed transaction can no longer be mined, or was. */
async function isSpent(client: Client, { contributor, transaction }: SubmissionRecord, hash: Hex): Promise<boolean> {
  if (await isMined(client, hash)) return true
  const { nonce = 0 } = parseTransaction(transaction!.raw!)
  return (await getTransactionCount(client, { address: contributor })) > nonce
}

async function sendAnew(
  client: Client,
  deployment: Deployment,
  record: SubmissionRecord,
  account: Account,
  parameters: ResumeSubmissionsParameters,
): Promise<EnteredSubmission | undefined> {
  const submission = submissionOf(record)
  const options = { account, admission: record.admission, deployment, submission }
  await simulateSubmit(client, options)
  const call = await prepareSubmit(client, options)
  const hash = await sendOnce(client, call, account, (transaction) =>
    parameters.journal.put({ ...record, transaction }),
  )
  await waitFor(client, hash, parameters)
  return find(client, deployment, record)
}

function accountFor(
  client: Client,
  { contributor }: SubmissionRecord,
  parameters: ResumeSubmissionsParameters,
): Account | undefined {
  const given = parameters.account ?? client.account
  if (!given) return undefined
  const account = parseAccount(given)
  return isAddressEqual(account.address, contributor) ? account : undefined
}
