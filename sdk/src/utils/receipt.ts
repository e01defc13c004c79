import { type Abi, decodeEventLog, type Hex, isAddressEqual, sha256, stringToBytes } from 'viem'
import { datanetsAbi, modelFactoryAbi } from '../abis.ts'
import type { Receipt, ReceiptEvent, ReceiptRun } from '../types/receipt.ts'
import type { RunResult, RunSpec } from '../types/run.ts'
import { hasBit } from './bitmaps.ts'
import { digestToCid } from './cid.ts'
import { unpackEntry } from './entry.ts'
import { formatCode } from './formats.ts'
import { fromContributionId, parseContributionId } from './ids.ts'
import { chainDigest, contentOf } from './lot.ts'
import { decodeManifest } from './manifest.ts'
import { hashRun } from './run.ts'
import { unpackSeats } from './seats.ts'
import { tally } from './tally.ts'
import { verifyContribution, verifyShare } from './tree.ts'
import { logsInReceipt, verifyIndexProof } from './trie.ts'

/** One link of the chain, and why it does not hold where it does not. */
export type ReceiptLink = { link: string; reason: string | null }

export type ReceiptCheck = {
  valid: boolean
  /** The first link that does not hold; null when all do. */
  failed: ReceiptLink | null
  links: ReceiptLink[]
}

/** What a receipt is checked against. */
export type ReceiptAnchors = {
  /** The chain and the contracts one trusts: a receipt can name any. */
  chainId: number
  contracts: Receipt['contracts']
  /** The `receiptsRoot` in the header of a block one trusts; undefined where one knows none. */
  rootOf: (blockNumber: bigint) => Hex | undefined
  /** Whether somebody one trusts has seen an event that comes without a proof; nobody has by default. */
  hasSeen?: ((event: ReceiptEvent) => boolean) | undefined
}

type Events = Map<string, { args: Record<string, unknown>; event: ReceiptEvent }[]>

/**
 * Checks a receipt link by link with nothing but trusted block headers' roots: the manifest is the file's, the leaf is
 * the manifest's, the root is the submission's, the digest is the lot's, the votes give the result, and every event is in
 * its block. Pure; nothing is asked of anyone.
 */
export function checkReceipt(receipt: Receipt, anchors: ReceiptAnchors): ReceiptCheck {
  const links: ReceiptLink[] = []
  const check = (link: string, reasonOf: () => string | null) => {
    let reason: string | null
    try {
      reason = reasonOf()
    } catch (error) {
      reason = error instanceof Error ? error.message.split('\n')[0]! : 'it cannot be read'
    }
    links.push({ link, reason })
  }

  check('contracts', () => checkContracts(receipt, anchors))
  check('manifest', () => checkManifest(receipt))
  check('leaf', () => checkLeaf(receipt))
  check('submission', () => checkSubmission(receipt))
  for (const event of receipt.events) check(`event ${event.name}`, () => checkEvent(event, anchors))
  const events: Events = new Map()
  check('events', () => readEvents(receipt, events))
  check('entry', () => checkEntry(receipt, events))
  check('lot', () => checkLot(receipt, events))
  check('votes', () => checkVotes(receipt, events))
  check('status', () => checkStatus(receipt, events))
  for (const run of receipt.runs) {
    for (const event of [run.opened, run.anchored, ...run.payments])
      check(`run ${run.runId} event ${event.name}`, () => checkEvent(event, anchors))
    check(`run ${run.runId}`, () => checkRun(receipt, run))
  }
  const failed = links.find(({ reason }) => reason !== null) ?? null
  return { valid: failed === null, failed, links }
}

function checkContracts(receipt: Receipt, { chainId, contracts }: ReceiptAnchors): string | null {
  if (receipt.chainId !== chainId) return `the receipt is of chain ${receipt.chainId}, not ${chainId}`
  const { datanets, modelFactory } = receipt.contracts
  const same = isAddressEqual(datanets, contracts.datanets) && isAddressEqual(modelFactory, contracts.modelFactory)
  return same ? null : 'the receipt is of other contracts'
}

function contributionOf({ item }: Receipt) {
  return {
    index: BigInt(item.index),
    contentHash: item.contentHash,
    size: BigInt(item.size),
    format: BigInt(item.format),
    manifestDigest: item.manifestDigest,
  }
}

function checkManifest(receipt: Receipt): string | null {
  const bytes = stringToBytes(receipt.manifest)
  if (sha256(bytes) !== receipt.item.manifestDigest) return 'the manifest is not the one the leaf names'
  const manifest = decodeManifest(bytes)
  const { datanetId } = fromContributionId(parseContributionId(receipt.contribution))
  if (manifest.chainId !== receipt.chainId) return 'the manifest is for another chain'
  if (!isAddressEqual(manifest.contracts, receipt.contracts.datanets)) return 'the manifest is for another contract'
  if (BigInt(manifest.datanetId) !== datanetId) return 'the manifest is for another Datanet'
  if (!isAddressEqual(manifest.contributor, receipt.contributor)) return 'the manifest names another contributor'
  const { contentHash, format, size } = contributionOf(receipt)
  const same = manifest.sha256 === contentHash && BigInt(manifest.size) === size
  return same && BigInt(formatCode(manifest.format)) === format ? null : 'the manifest is of another file'
}

function checkLeaf(receipt: Receipt): string | null {
  const { path, root } = receipt.item
  return verifyContribution(root, contributionOf(receipt), path) ? null : 'the path does not lead to the root'
}

function ownEntry(receipt: Receipt) {
  const own = receipt.submissions[receipt.submission]
  return own && { ...unpackEntry(BigInt(own.entry)), entry: BigInt(own.entry), content: own.content }
}

function checkSubmission(receipt: Receipt): string | null {
  const own = ownEntry(receipt)
  if (!own) return 'there is no such submission'
  if (contentOf(receipt.item.root, receipt.item.manifests) !== own.content) return 'the root is of another submission'
  if (!isAddressEqual(own.contributor, receipt.contributor)) return 'the submission is of another contributor'
  const { index } = fromContributionId(parseContributionId(receipt.contribution))
  if (BigInt(own.first) + BigInt(receipt.item.index) !== BigInt(index)) return 'the item is at another place'
  return BigInt(receipt.item.index) < BigInt(own.count) ? null : 'the item is outside its submission'
}

function checkEvent(event: ReceiptEvent, { hasSeen, rootOf }: ReceiptAnchors): string | null {
  if (event.proof.length === 0 && hasSeen?.(event)) return null
  const root = rootOf(BigInt(event.blockNumber))
  if (!root) return `the header of block ${event.blockNumber} is not known`
  const encoded = verifyIndexProof(root, event.transactionIndex, event.proof)
  if (!encoded) return `it is not proven to be in block ${event.blockNumber}`
  const log = logsInReceipt(encoded)?.[event.position]
  const same =
    log &&
    log.address === event.address.toLowerCase() &&
    log.data === event.data &&
    log.topics.length === event.topics.length &&
    log.topics.every((topic, index) => topic === event.topics[index])
  return same ? null : `block ${event.blockNumber} holds another event there`
}

function readEvents(receipt: Receipt, events: Events): string | null {
  const { datanetId, lotId } = fromContributionId(parseContributionId(receipt.contribution))
  for (const event of receipt.events) {
    if (!isAddressEqual(event.address, receipt.contracts.datanets)) return `${event.name} is of another contract`
    const { args, eventName } = decode(datanetsAbi, event)
    if (eventName !== event.name) return `${event.name} is ${eventName}`
    if (args.lot !== undefined && args.lot !== lotId) return `${event.name} is of another lot`
    if (args.datanetId !== undefined && args.datanetId !== datanetId) return `${event.name} is of another Datanet`
    events.set(eventName, [...(events.get(eventName) ?? []), { args, event }])
  }
  return null
}

function decode(abi: Abi, { data, topics }: ReceiptEvent): { eventName: string; args: Record<string, unknown> } {
  const decoded = decodeEventLog({ abi, data, topics: topics as [Hex, ...Hex[]], strict: true })
  return { eventName: decoded.eventName ?? '', args: decoded.args as unknown as Record<string, unknown> }
}

const argsOf = (events: Events, name: string) => events.get(name)?.at(-1)?.args

function checkEntry(receipt: Receipt, events: Events): string | null {
  const own = ownEntry(receipt)
  const found = events.get('Submitted')?.some(({ args }) => {
    return args.entry === own?.entry && args.root === receipt.item.root && args.manifests === receipt.item.manifests
  })
  return found ? null : 'no event enters this submission'
}

function checkLot(receipt: Receipt, events: Events): string | null {
  const { lotId } = fromContributionId(parseContributionId(receipt.contribution))
  const closed = argsOf(events, 'LotClosed')
  if (!closed) return receipt.status === 'pending' ? null : 'no event closes the lot'
  const submissions = receipt.submissions.map(({ content, entry }) => ({ entry: BigInt(entry), content }))
  return chainDigest(lotId, submissions) === closed.digest ? null : 'the submissions are not those the lot closed with'
}

function checkVotes(receipt: Receipt, events: Events): string | null {
  const settled = argsOf(events, 'LotSettled')
  if (!settled) return receipt.votes.length === 0 || receipt.status === 'pending' ? null : 'no event counts these votes'
  const words = settled.votes as readonly (readonly [Hex, Hex, Hex])[]
  const attestations = words.map(([accepted, rejected]) => ({ accepted: BigInt(accepted), rejected: BigInt(rejected) }))
  const closed = argsOf(events, 'LotClosed')
  const created = argsOf(events, 'DatanetCreated')
  if (!closed || !created) return 'the events that fix the rules of the vote are missing'
  const { acceptBps } = created.terms as { acceptBps: number }
  const result = tally({ attestations, itemCount: Number(closed.itemCount), acceptBps })
  if (result.accepted !== settled.accepted || result.undecided !== settled.undecided)
    return 'the votes do not give the result'
  const { index } = fromContributionId(parseContributionId(receipt.contribution))
  const seats = unpackSeats(closed.seats as bigint)
  const voted = seats.map((_, seat) => seat).filter((seat) => hasBit(settled.seatsVoted as bigint, seat))
  const allTold = receipt.votes.every(({ report, reportCid, seat, validatorId, vote }) => {
    const position = voted.indexOf(seat)
    if (position < 0) return true
    const votes = attestations[position]!
    const said = hasBit(votes.accepted, index) ? 'accept' : hasBit(votes.rejected, index) ? 'reject' : 'abstain'
    const told = said === vote && words[position]![2] === report && seats[seat] === validatorId
    return told && digestToCid(report, 'dag-json').toString() === reportCid
  })
  return allTold && voted.every((seat) => receipt.votes.some((vote) => vote.seat === seat))
    ? null
    : 'the votes told are not those counted'
}

function checkStatus(receipt: Receipt, events: Events): string | null {
  const { index } = fromContributionId(parseContributionId(receipt.contribution))
  const settled = argsOf(events, 'LotAppealClosed') ?? argsOf(events, 'LotSettled')
  const revoked = events.get('DuplicateRevoked')?.some(({ args }) => args.index === BigInt(index)) ?? false
  const found = statusOf({
    index,
    lapsed: events.has('LotLapsed'),
    appealOpen: (events.get('LotAppealed')?.length ?? 0) > (events.get('LotAppealClosed')?.length ?? 0),
    accrued: events.has('LotAccrued'),
    revoked,
    settled: settled as { accepted: bigint; undecided: bigint } | undefined,
  })
  if (found !== receipt.status) return `the events say ${found}, the receipt ${receipt.status}`
  if (found !== 'accrued') return null
  const own = ownEntry(receipt)
  const paid = events.get('Accrued')?.some(({ args }) => {
    return args.first === BigInt(own?.first ?? -1) && isAddressEqual(args.contributor as Hex, receipt.contributor)
  })
  return paid ? null : 'no event pays the submission'
}

function statusOf(facts: {
  index: number
  lapsed: boolean
  appealOpen: boolean
  accrued: boolean
  revoked: boolean
  settled: { accepted: bigint; undecided: bigint } | undefined
}): string {
  if (facts.lapsed) return 'lapsed'
  if (!facts.settled || facts.appealOpen) return 'pending'
  if (facts.revoked) return 'revoked'
  if (hasBit(facts.settled.accepted, facts.index)) return facts.accrued ? 'accrued' : 'accepted'
  return hasBit(facts.settled.undecided, facts.index) ? 'undecided' : 'rejected'
}

function checkRun(receipt: Receipt, run: ReceiptRun): string | null {
  const { chainId, contracts, contributor } = receipt
  const all = [run.opened, run.anchored, ...run.payments]
  if (!all.every(({ address }) => isAddressEqual(address, contracts.modelFactory)))
    return 'an event is of another contract'
  const opened = decode(modelFactoryAbi, run.opened)
  const anchored = decode(modelFactoryAbi, run.anchored)
  const { owner, spec } = opened.args as { owner: Hex; spec: RunSpec }
  const { result, runId } = anchored.args as { result: RunResult; runId: Hex }
  if (hashRun({ chainId, modelFactory: contracts.modelFactory, owner, spec }) !== run.runId)
    return 'the specification is of another run'
  if (runId !== run.runId) return 'the result is of another run'
  if (!run.leaf) return run.payments.length === 0 ? null : 'payments without a share'
  const leaf = { runId, account: contributor, index: BigInt(run.leaf.index), share: BigInt(run.leaf.share) }
  if (!verifyShare(result.attributionRoot, leaf, run.leaf.path)) return 'the share is not in the attribution tree'
  const own = run.payments.every((payment) => {
    const { args, eventName } = decode(modelFactoryAbi, payment)
    const same = args.runId === runId && args.index === leaf.index && args.share === leaf.share
    return eventName === 'SharePaid' && same && isAddressEqual(args.account as Hex, contributor)
  })
  return own ? null : 'a payment is of another share'
}
