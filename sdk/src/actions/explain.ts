import * as dagJson from '@ipld/dag-json'
import { CID } from 'multiformats/cid'
import { type Address, type Client, type Hex, isAddressEqual, numberToHex, pad } from 'viem'
import { modelFactoryAbi } from '../abis.ts'
import { readDatanetsEvents } from '../events/datanets.ts'
import { readEvents } from '../events/read.ts'
import type { ContentStore } from '../storage/types.ts'
import type { Receipt, ReceiptEvent, ReceiptRun } from '../types/receipt.ts'
import { digestToCid } from '../utils/cid.ts'
import { unpackEntry } from '../utils/entry.ts'
import { formatContributionId, fromContributionId } from '../utils/ids.ts'
import { MAX_MANIFEST_BYTES } from '../utils/manifest.ts'
import { shareTreeOf } from '../utils/tree.ts'
import { contributionOf } from './getContribution.ts'
import { getLot } from './getLot.ts'
import { createProver } from './internal/prove.ts'
import { type ReadParameters, type View, viewOf } from './internal/read.ts'
import { proveContribution } from './proveContribution.ts'

export type ExplainParameters = ReadParameters & {
  contributionId: bigint
  /** Where manifests, lists and attributions are. */
  store: ContentStore
}

export type ExplainReturnType = Receipt

const lotEvents = [
  'Submitted',
  'LotClosed',
  'LotSettled',
  'LotLapsed',
  'DuplicateRevoked',
  'LotAppealed',
  'LotAppealClosed',
  'Accrued',
  'LotAccrued',
] as const

/**
 * Tells all there is to a contribution, as a receipt that anyone can check with `checkReceipt` or `verifyReceipt`:
 * manifest, inclusion proof, lot, every vote with its report, accrual, each run it served in with score and share, and
 * each payment.
 */
export async function explain(
  client: Client,
  { contributionId, store, ...options }: ExplainParameters,
): Promise<ExplainReturnType> {
  const view = await viewOf(client, options)
  const { blockNumber, deployment, signal } = view
  const { datanetId, index, lotId } = fromContributionId(contributionId)
  const state = await getLot(client, { lotId, deployment, blockNumber, signal })
  const contribution = contributionOf(state, index)
  const own = state.submissions[contribution.submission]!
  const proof = await proveContribution(client, { contributionId, state, store, deployment, signal })
  const { contentHash, format, index: position, manifestDigest, size } = proof.contribution
  const manifest = await store.get(digestToCid(manifestDigest, 'dag-json'), { maxBytes: MAX_MANIFEST_BYTES, signal })

  const prove = createProver(client)
  const [created, lots, claims] = await Promise.all([
    readDatanetsEvents(client, deployment, {
      eventNames: ['DatanetCreated'],
      first: [datanetId],
      toBlock: blockNumber,
      signal,
    }),
    readDatanetsEvents(client, deployment, { eventNames: lotEvents, first: [lotId], toBlock: blockNumber, signal }),
    readDatanetsEvents(client, deployment, {
      eventNames: ['Claimed'],
      first: [BigInt(contribution.contributor)],
      toBlock: blockNumber,
      signal,
    }),
  ])
  const accruedAt = lots.findLast(({ eventName }) => eventName === 'LotAccrued')?.blockNumber
  const wanted = [
    ...created,
    ...lots.filter((event) => {
      // Only what is about this contribution: the others of the lot have receipts of their own.
      if (event.eventName === 'Submitted') return event.args.entry === own.entry
      if (event.eventName === 'Accrued') return unpackEntry(own.entry).first === Number(event.args.first)
      if (event.eventName === 'DuplicateRevoked') return event.args.index === BigInt(index)
      return true
    }),
    ...claims.filter(
      ({ args, blockNumber: at }) =>
        contribution.status === 'accrued' &&
        accruedAt !== undefined &&
        at >= accruedAt &&
        args.datanetIds.includes(datanetId),
    ),
  ]
  const events: ReceiptEvent[] = []
  for (const event of wanted) events.push(await prove(event.eventName, event))

  return {
    type: 'datanets-receipt/1',
    chainId: deployment.chainId,
    contracts: {
      datanets: deployment.contracts.Datanets.address,
      modelFactory: deployment.contracts.ModelFactory.address,
    },
    contribution: formatContributionId(contributionId),
    contributor: contribution.contributor,
    status: contribution.status,
    manifest: new TextDecoder().decode(manifest),
    item: {
      index: position.toString(),
      contentHash,
      size: size.toString(),
      format: format.toString(),
      manifestDigest,
      root: proof.root,
      manifests: proof.manifests,
      path: proof.path,
    },
    submissions: state.submissions.map(({ content, entry }) => ({ entry: numberToHex(entry, { size: 32 }), content })),
    submission: contribution.submission,
    votes: contribution.votes,
    events,
    runs: await runsOf(view, { contributionId, contributor: contribution.contributor, store, prove }),
  }
}

type RunContext = {
  contributionId: bigint
  contributor: Address
  store: ContentStore
  prove: ReturnType<typeof createProver>
}

/** The runs whose scores name the contribution, with its part of what they earned. */
async function runsOf(view: View, context: RunContext): Promise<ReceiptRun[]> {
  const { blockNumber, client, deployment, signal } = view
  const { address, block } = deployment.contracts.ModelFactory
  const source = { address, abi: modelFactoryAbi, fromBlock: BigInt(block), toBlock: blockNumber, signal } as const
  const [opened, anchored, paid] = await Promise.all([
    readEvents(client, { ...source, eventNames: ['RunOpened'] }),
    readEvents(client, { ...source, eventNames: ['RunAnchored'] }),
    readEvents(client, {
      ...source,
      eventNames: ['SharePaid'],
      indexed: [null, pad(context.contributor, { size: 32 })],
    }),
  ])
  const runs: ReceiptRun[] = []
  for (const opening of opened) {
    const { runId } = opening.args
    const anchor = anchored.findLast(({ args }) => args.runId === runId)
    if (!anchor) continue
    const attribution = await attributionOf(context, anchor.args.result.attribution, signal)
    const score = attribution?.scores.find(({ contribution }) => BigInt(contribution) === context.contributionId)
    if (!attribution || !score) continue
    runs.push({
      runId,
      opened: await context.prove('RunOpened', opening),
      anchored: await context.prove('RunAnchored', anchor),
      score: score.score,
      contributionShare: score.share.toString(),
      leaf: leafOf(runId, attribution.shares, context.contributor),
      payments: await Promise.all(
        paid.filter(({ args }) => args.runId === runId).map((payment) => context.prove('SharePaid', payment)),
      ),
    })
  }
  return runs
}

type Attribution = {
  scores: { contribution: Hex; score: string; share: number }[]
  shares: { account: Address; share: number }[]
}

/** Scores and shares of a run's anchored attribution. */
async function attributionOf(
  { store }: RunContext,
  digest: Hex,
  signal: AbortSignal | undefined,
): Promise<Attribution | undefined> {
  const block = dagJson.decode<{ files?: { name: string; cid: CID }[] }>(
    await store.get(digestToCid(digest, 'dag-json'), { signal }),
  )
  const read = async (name: string): Promise<unknown> => {
    const cid = CID.asCID(block.files?.find((file) => file.name === name)?.cid)
    return cid
      ? JSON.parse(new TextDecoder().decode(await store.get(cid, { maxBytes: 64_000_000, signal })))
      : undefined
  }
  const scores = (await read('scores.json')) as { contributions: Attribution['scores'] } | undefined
  const shares = (await read('shares.json')) as Attribution['shares'] | undefined
  return scores && shares ? { scores: scores.contributions, shares } : undefined
}

function leafOf(runId: Hex, shares: Attribution['shares'], contributor: Address): ReceiptRun['leaf'] {
  const index = shares.findIndex(({ account }) => isAddressEqual(account, contributor))
  if (index < 0) return null
  const tree = shareTreeOf(
    shares.map(({ account, share }, position) => ({ runId, index: BigInt(position), account, share: BigInt(share) })),
  )
  return { index: index.toString(), share: shares[index]!.share.toString(), path: tree.proofOf(index) }
}
