/**
 * What the API answers. The SDK's results are these with amounts as `bigint` and ids as its own types.
 *
 * Amounts are wei of OPEN as decimal strings, times are seconds since 1970, addresses carry their checksum, lots and
 * contributions have their text form (`3-12`, `3-12-7`).
 */
import type { Address, Hex } from 'viem'

export type Amount = string
export type LotStatus = 'open' | 'closed' | 'settled' | 'appealed' | 'accrued' | 'lapsed'
export type ContributionStatus = 'pending' | 'accepted' | 'rejected' | 'undecided' | 'lapsed' | 'revoked'
export type Window = 'all' | 'day' | 'week' | 'month'

/** The block an answer is as of: recompute it from the events up to there. */
export type AsOf = { block: number; hash: Hex; timestamp: number }

/** Where an event is. */
export type EventPlace = { block: number; logIndex: number; timestamp: number; transactionHash: Hex }

export type Page<T> = {
  items: T[]
  /** Give it as `after` for what follows; null at the end. */
  next: string | null
  asOf: AsOf
}

/** Contributions by what became of them; each is in exactly one. */
export type Outcomes = Record<ContributionStatus, number>

/** One account's place on the acceptance board: `LeaderboardRow` of the SDK as JSON. */
export type LeaderboardEntry = Outcomes & {
  /** From 1. Accounts without a score come last, by address. */
  rank: number
  account: Address
  /** Accepted contributions accrued, in the window. What ranks, alone. */
  score: number
  /** The event that reached the score: the earlier of two equal scores ranks first. Null without a score. */
  scoredAt: { blockNumber: number; logIndex: number; timestamp: number } | null
  /** Accepted of all that were decided, 0 to 1; null while none is. Over all time, as are the outcomes. */
  acceptanceRate: number | null
  /** Wei accrued, in the window. */
  rewards: Amount
}

/** One account's place on the impact board. */
export type ImpactEntry = {
  rank: number
  account: Address
  /** Wei earned from runs, in the window. What ranks, alone. */
  impact: Amount
  /** The event that reached it. */
  reachedAt: { blockNumber: number; logIndex: number; timestamp: number }
}

export type Member = {
  datanetId: number
  score: number
  rewards: Amount
  claimed: Amount
  submissions: number
  acceptanceRate: number | null
} & Outcomes

export type Contributor = Outcomes & {
  account: Address
  score: number
  rewards: Amount
  claimed: Amount
  impact: Amount
  submissions: number
  totalBytes: number
  acceptanceRate: number | null
  payout: Address
  firstAt: number
  datanets: Member[]
}

export type Contribution = {
  id: string
  datanetId: number
  lot: string
  /** Position in the lot: bit of every bitmap. */
  index: number
  status: ContributionStatus
  contributor: Address
  submission: {
    first: number
    count: number
    root: Hex
    /** sha-256 digest in the CID of the manifest list, and that CID. */
    manifests: Hex
    manifestsCid: string
  }
  submitted: EventPlace
  /** The payment that included it; null while there is none. */
  accrued: (EventPlace & { amountPerFile: Amount }) | null
}

export type Vote = {
  lot: string
  validatorId: number
  /** 0 for the first vote, 1 for an appeal's. */
  round: number
  accepted: Hex
  rejected: Hex
  report: Hex
  reportCid: string
  /** Whether the validator put it on chain itself, and whether it was counted. */
  posted: boolean
  counted: boolean
  pay: Amount
  /** Leave-one-out covariance with the others' majority, times the square of the item count. */
  informationScore: number
  /** Votes that were what the item became, of all its votes. */
  agreed: number
  voted: number
  place: EventPlace
}

export type Lot = {
  id: string
  datanetId: number
  number: number
  status: LotStatus
  digest: Hex | null
  itemCount: number
  /** Validator ids, the first seat first. */
  seats: number[]
  openedAt: number
  closedAt: number | null
  settledAt: number | null
  accruedAt: number | null
  accepted: Hex
  undecided: Hex
  revoked: Hex
  released: Amount
  place: EventPlace
}

export type Submission = {
  lot: string
  first: number
  count: number
  contributor: Address
  totalBytes: number
  formats: number
  root: Hex
  manifests: Hex
  manifestsCid: string
  place: EventPlace
}

export type LotDetail = Lot & { submissions: Submission[]; votes: Vote[]; appeal: Appeal | null }

export type Datanet = Outcomes & {
  id: number
  creator: Address
  modality: 'Text' | 'Image' | 'Audio'
  /** As created, amounts as decimal strings. */
  terms: Record<string, string | number | boolean>
  rules: Hex
  rulesCid: string
  budget: Amount
  funded: Amount
  accrued: Amount
  claimed: Amount
  lotFees: Amount
  contributors: number
  submissions: number
  totalBytes: number
  lots: number
  score: number
  place: EventPlace
}

export type DatanetDay = {
  /** UTC day, such as `2026-11-21`. */
  date: string
  submitted: number
  totalBytes: number
  accepted: number
  rejected: number
  undecided: number
  lapsed: number
  accrued: Amount
  funded: Amount
  lotFees: Amount
}

export type Validator = {
  id: number
  account: Address
  signingKey: Address
  units: number
  unbondingUnits: number
  unbondsAt: number
  slashed: boolean
  lotsSeated: number
  lotsAttested: number
  votes: number
  /** Votes that were what the item became, in basis points of all votes; null without votes. */
  agreementBps: number | null
  /** Sum over lots, see {@link Vote.informationScore}. */
  informationScore: number
  earned: Amount
  claimed: Amount
  registered: EventPlace
}

/** OPEN that left for a wallet, or reached a balance. */
export type Payment = {
  /** `accrued` to a balance; the others left for the payout address. */
  kind: 'accrued' | 'rewards' | 'earnings' | 'shares' | 'fees' | 'bonds'
  account: Address
  /** Null while it is a balance. */
  payout: Address | null
  amount: Amount
  /** The lot an accrual is of; null otherwise. */
  lot: string | null
  place: EventPlace
}

export type RunStatus = 'opened' | 'anchored' | 'attested' | 'final' | 'rejected'

export type Run = {
  id: Hex
  owner: Address
  /** The run it refines. */
  parent: Hex | null
  status: RunStatus
  /** As opened, numbers as decimal strings. */
  spec: Record<string, string | number>
  datasetCid: string
  /** As anchored; null before. */
  result: Record<string, string> | null
  resultHash: Hex | null
  attributionCid: string | null
  attestations: number
  refusals: number
  quorum: number
  finalAfter: number | null
  fees: number
  feeTotal: Amount
  poolTotal: Amount
  poolClaimed: Amount
  anchoredAt: number | null
  place: EventPlace
}

export type RunShare = { runId: Hex; index: number; account: Address; share: number; paid: Amount; place: EventPlace }

export type Fee = {
  runId: Hex
  payer: Address
  amount: Amount
  toPlatform: Amount
  toOwner: Amount
  toStakers: Amount
  toContributors: Amount
  toParent: Amount
  place: EventPlace
}

export type RunVote = {
  runId: Hex
  validatorId: number
  vote: 'attested' | 'refused'
  reportCid: string | null
  place: EventPlace
}

export type RunDetail = Run & {
  /** From the run itself to the first of its line. */
  lineage: Hex[]
  children: Hex[]
  votes: RunVote[]
}

export type Appeal = {
  status: 'open' | 'seated' | 'settled' | 'lapsed'
  items: Hex
  changed: Hex
  seats: number[]
  quorum: number
  voteEndsAt: number
  objections: {
    number: number
    appellant: Address
    items: Hex
    bond: Amount
    defender: Address | null
    won: boolean | null
    place: EventPlace
  }[]
}

export type SearchHit = {
  kind: 'contribution' | 'lot' | 'datanet' | 'contributor' | 'validator' | 'run' | 'submission'
  id: string
  /** Path of the whole answer. */
  path: string
  /** What about it was searched for. */
  matched: string
}

export type Status = {
  state: 'backfill' | 'live' | 'stopped'
  chainId: number
  contracts: Record<string, Address>
  /** Null before the first range. */
  indexed: AsOf | null
  head: { block: number; timestamp: number } | null
  /** Blocks between the two. */
  behind: number | null
  /** Reorganisations of up to so many blocks are followed. */
  depth: number
  store: { kind: 'sqlite' | 'postgresql'; bytes: number }
  /** Why it stopped or why it is trying again; null while all is well. */
  error: string | null
}
