import type { CID } from 'multiformats/cid'
import type { Address, Client } from 'viem'
import { resolveDeployment } from '../addresses.ts'
import { InvalidManifestError } from '../errors/values.ts'
import type { ContentStore } from '../storage/types.ts'
import type { Deployment } from '../types/deployment.ts'
import type { Contribution } from '../types/protocol.ts'
import { toContributionId } from '../utils/ids.ts'
import { checkList, checkManifestOf, type ItemMismatch, manifestListCid } from '../utils/lotItems.ts'
import type { LotState, LotSubmission } from '../utils/lotState.ts'
import { decodeManifest, MAX_MANIFEST_BYTES, type Manifest } from '../utils/manifest.ts'
import {
  decodeManifestList,
  MAX_MANIFEST_LIST_BYTES,
  type ManifestList,
  type ManifestListItem,
} from '../utils/manifestList.ts'
import { leafOf } from '../utils/tree.ts'
import { getLot } from './getLot.ts'
import { mapLimited, type ReadParameters } from './internal/read.ts'

export type GetLotItemsParameters = ReadParameters & {
  lotId: bigint
  /** Its state, where it was read already. */
  state?: LotState | undefined
  store: ContentStore
  /** Milliseconds for each block; 30,000 by default. */
  timeoutMs?: number | undefined
}

/** One item of a lot. */
export type LotItem = {
  contributionId: bigint
  /** Position in the lot: its bit in votes. */
  index: number
  contributor: Address
  /** Position of its submission in the lot's list. */
  submission: number
} & (
  | {
      /** List and manifest are those that were entered. The payload is not fetched yet. */
      status: 'found'
      item: ManifestListItem
      manifest: Manifest
      contribution: Contribution
      leaf: string
      payloadCid: CID
      manifestCid: CID
    }
  | {
      /** What was published is not what was entered: a reason to reject. */
      status: 'mismatch'
      mismatch: ItemMismatch
    }
  | {
      /** It could not be fetched: an outage, and a reason to abstain. */
      status: 'unavailable'
      error: unknown
    }
)

export type GetLotItemsReturnType = LotItem[]

type Context = GetLotItemsParameters & { deployment: Deployment; datanetId: bigint }

/**
 * Fetches the manifest lists and manifests of a lot and checks them against what was entered, item by item. One that
 * cannot be fetched does not keep the others.
 */
export async function getLotItems(client: Client, parameters: GetLotItemsParameters): Promise<GetLotItemsReturnType> {
  const deployment = await resolveDeployment(client, parameters.deployment)
  const state = parameters.state ?? (await getLot(client, { ...parameters, deployment }))
  const context = { ...parameters, deployment, datanetId: state.datanetId }
  const items = await mapLimited(state.submissions, (submission, position) =>
    itemsOfSubmission(context, submission, position),
  )
  return items.flat()
}

async function itemsOfSubmission(context: Context, submission: LotSubmission, position: number): Promise<LotItem[]> {
  const heads = Array.from({ length: submission.count }, (_, offset) => ({
    contributionId: toContributionId({ lotId: context.lotId, index: submission.first + offset }),
    index: submission.first + offset,
    contributor: submission.contributor,
    submission: position,
  }))
  const list = await fetchList(context, submission)
  if ('error' in list) return heads.map((head) => ({ ...head, status: 'unavailable', error: list.error }))
  if ('mismatch' in list) return heads.map((head) => ({ ...head, status: 'mismatch', mismatch: list.mismatch }))
  const checked = checkList(submission, list.list)
  if (checked.mismatch !== null)
    return heads.map((head) => ({ ...head, status: 'mismatch', mismatch: checked.mismatch }))
  return mapLimited(heads, async (head, offset): Promise<LotItem> => {
    const item = list.list[offset]!
    const contribution = checked.contributions[offset]!
    const found = await fetchManifest(context, submission, item)
    if ('error' in found) return { ...head, status: 'unavailable', error: found.error }
    if ('mismatch' in found) return { ...head, status: 'mismatch', mismatch: found.mismatch }
    return {
      ...head,
      status: 'found',
      item,
      manifest: found.manifest,
      contribution,
      leaf: leafOf(contribution),
      payloadCid: item.payload,
      manifestCid: item.manifest,
    }
  })
}

type Failure = { error: unknown } | { mismatch: ItemMismatch }

async function fetchList(context: Context, { manifests }: LotSubmission): Promise<{ list: ManifestList } | Failure> {
  const { signal, store, timeoutMs } = context
  try {
    const bytes = await store.get(manifestListCid(manifests), { maxBytes: MAX_MANIFEST_LIST_BYTES, timeoutMs, signal })
    return { list: decodeManifestList(bytes) }
  } catch (error) {
    return failureOf(error, 'list-malformed', signal)
  }
}

async function fetchManifest(
  context: Context,
  { contributor }: LotSubmission,
  item: ManifestListItem,
): Promise<{ manifest: Manifest } | Failure> {
  const { datanetId, deployment, signal, store, timeoutMs } = context
  try {
    const bytes = await store.get(item.manifest, { maxBytes: MAX_MANIFEST_BYTES, timeoutMs, signal })
    const manifest = decodeManifest(bytes)
    const contracts = deployment.contracts.Datanets.address
    const mismatch = checkManifestOf(item, manifest, { chainId: deployment.chainId, contracts, datanetId, contributor })
    return mismatch ? { mismatch } : { manifest }
  } catch (error) {
    return failureOf(error, 'manifest-malformed', signal)
  }
}

/** Verified bytes that make no sense are a fact; anything else is an outage. */
function failureOf(error: unknown, malformed: ItemMismatch, signal: AbortSignal | undefined): Failure {
  signal?.throwIfAborted()
  const { name } = error as Error
  const isFact =
    error instanceof InvalidManifestError || name === 'ContentTooLargeError' || name === 'ContentMalformedError'
  return isFact ? { mismatch: malformed } : { error }
}
