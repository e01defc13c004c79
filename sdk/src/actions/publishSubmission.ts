import type { Client } from 'viem'
import { getBlockNumber } from 'viem/actions'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { PayloadMismatchError } from '../errors/submission.ts'
import type { ContentStore } from '../storage/types.ts'
import { encodeManifest } from '../utils/manifest.ts'
import type { PackedSubmission } from '../utils/submission.ts'
import { type EnteredSubmission, requireEntered } from './internal/submissions.ts'

export type PublishProgress = { step: 'published'; files: number; of: number }

export type PublishSubmissionParameters = DeploymentParameter & {
  submission: PackedSubmission
  store: ContentStore
  signal?: AbortSignal | undefined
  onProgress?: ((progress: PublishProgress) => void) | undefined
}

/** One file and where it is. */
export type PublishedItem = { name: string; contributionId: bigint; payloadCid: string; manifestCid: string }

export type PublishSubmissionReturnType = EnteredSubmission & { items: PublishedItem[] }

/**
 * Publishes the files and manifests of a submission that is on chain, and pins them. Doing it twice changes nothing.
 *
 * @throws {SubmissionNotMinedError} when it is not on chain: whoever sees files before could enter them first.
 */
export async function publishSubmission(
  client: Client,
  { deployment, submission, ...options }: PublishSubmissionParameters,
): Promise<PublishSubmissionReturnType> {
  const resolved = await resolveDeployment(client, deployment)
  const toBlock = await getBlockNumber(client, { cacheTime: 0 })
  return publish(submission, await requireEntered(client, resolved, submission, { toBlock }), options)
}

/** Publishes what was seen on chain. The list comes last: whoever finds it finds everything. */
export async function publish(
  submission: PackedSubmission,
  entered: EnteredSubmission,
  { onProgress, signal, store }: Pick<PublishSubmissionParameters, 'store' | 'signal' | 'onProgress'>,
): Promise<PublishSubmissionReturnType> {
  const items: PublishedItem[] = []
  for (const [index, { bytes, manifest, manifestBlock, name }] of submission.items.entries()) {
    signal?.throwIfAborted()
    const payload = await store.put(bytes, { codec: 'file', signal })
    if (payload.toString() !== manifest.payload.toString())
      throw new PayloadMismatchError({ name, expected: manifest.payload.toString(), found: payload.toString() })
    await store.put(manifestBlock, { codec: 'dag-json', signal })
    items.push({
      name,
      contributionId: entered.contributionIds[index]!,
      payloadCid: payload.toString(),
      manifestCid: encodeManifest(manifest).cid.toString(),
    })
    onProgress?.({ step: 'published', files: items.length, of: submission.count })
  }
  const list = await store.put(submission.manifestsBlock, { codec: 'dag-json', signal })
  await store.pin(list, { signal })
  return { ...entered, items }
}
