/** Every answer's shape, once: GraphQL serves it, and the OpenAPI document takes its schemas from it. */
export const typeDefinitions = /* GraphQL */ `
  "Wei of OPEN, or another number beyond 53 bits, as a decimal string."
  scalar Amount
  "An account or contract, with its checksum."
  scalar Address
  "Bytes as hexadecimal digits after 0x."
  scalar Hex
  "Any JSON value."
  scalar Json

  enum Window { all day week month }
  enum LotStatus { open closed settled appealed accrued lapsed }
  enum ContributionStatus { pending accepted rejected undecided lapsed revoked }

  "The block an answer is as of: recompute it from the events up to there."
  type AsOf { block: Int! hash: Hex! timestamp: Int! }
  "Where an event is. Times are seconds since 1970."
  type EventPlace { block: Int! logIndex: Int! timestamp: Int! transactionHash: Hex! }
  type Position { blockNumber: Int! logIndex: Int! timestamp: Int! }

  type LeaderboardEntry {
    "From 1. Accounts without a score come last, by address."
    rank: Int!
    account: Address!
    "Accepted contributions accrued, in the window. What ranks, alone."
    score: Int!
    "The event that reached the score: the earlier of two equal scores ranks first."
    scoredAt: Position
    pending: Int! accepted: Int! rejected: Int! undecided: Int! lapsed: Int! revoked: Int!
    "Accepted of all that were decided, 0 to 1; null while none is."
    acceptanceRate: Float
    "Wei accrued, in the window."
    rewards: Amount!
    contributor: Contributor!
  }
  type LeaderboardPage { items: [LeaderboardEntry!]! next: String asOf: AsOf! }

  type ImpactEntry { rank: Int! account: Address! "Wei earned from runs." impact: Amount! reachedAt: Position! contributor: Contributor! }
  type ImpactPage { items: [ImpactEntry!]! next: String asOf: AsOf! }

  type Member {
    datanetId: Int! score: Int! rewards: Amount! claimed: Amount! submissions: Int!
    pending: Int! accepted: Int! rejected: Int! undecided: Int! lapsed: Int! revoked: Int!
    acceptanceRate: Float
  }
  type Contributor {
    account: Address! score: Int! rewards: Amount! claimed: Amount! "Wei earned from runs." impact: Amount!
    submissions: Int! totalBytes: Float!
    pending: Int! accepted: Int! rejected: Int! undecided: Int! lapsed: Int! revoked: Int!
    acceptanceRate: Float
    "Where its rewards go."
    payout: Address!
    firstAt: Int!
    datanets: [Member!]!
    "The newest first."
    contributions(limit: Int, after: String): ContributionPage!
    accruals(limit: Int, after: String): PaymentPage!
    claims(limit: Int, after: String): PaymentPage!
  }
  type Payment { kind: String! account: Address! payout: Address amount: Amount! lot: String place: EventPlace! }
  type PaymentPage { items: [Payment!]! next: String asOf: AsOf! }

  "Where a contribution entered. The manifest list names every file of it."
  type SubmissionRef { first: Int! count: Int! root: Hex! manifests: Hex! manifestsCid: String! }
  type Accrual { block: Int! logIndex: Int! timestamp: Int! transactionHash: Hex! amountPerFile: Amount! }
  type Contribution {
    "Datanet, lot and item, such as 3-12-7."
    id: String!
    datanetId: Int! lot: String!
    "Position in the lot: its bit in every bitmap."
    index: Int!
    status: ContributionStatus!
    contributor: Address!
    submission: SubmissionRef!
    submitted: EventPlace!
    "The payment that included it; null while there is none."
    accrued: Accrual
    lotDetail: LotDetail!
  }
  type ContributionPage { items: [Contribution!]! next: String asOf: AsOf! }

  type Lot {
    id: String! datanetId: Int! number: Int! status: LotStatus! digest: Hex itemCount: Int!
    "Validator ids, the first seat first."
    seats: [Int!]!
    openedAt: Int! closedAt: Int settledAt: Int accruedAt: Int
    "Items accepted, one bit each."
    accepted: Hex! undecided: Hex! revoked: Hex! released: Amount! place: EventPlace!
    detail: LotDetail!
  }
  type LotPage { items: [Lot!]! next: String asOf: AsOf! }
  type Submission {
    lot: String! first: Int! count: Int! contributor: Address! totalBytes: Int!
    "Bitmap of the formats used."
    formats: Int! root: Hex! manifests: Hex! manifestsCid: String! place: EventPlace!
  }
  type Vote {
    lot: String! validatorId: Int!
    "0 for the first vote, 1 for an appeal's."
    round: Int!
    accepted: Hex! rejected: Hex! report: Hex! reportCid: String!
    "Whether the validator put it on chain itself, and whether it was counted."
    posted: Boolean! counted: Boolean! pay: Amount!
    "Leave-one-out covariance with the others' majority, times the square of the item count."
    informationScore: Int!
    "Votes that were what the item became, of all its votes."
    agreed: Int! voted: Int! place: EventPlace!
  }
  type VotePage { items: [Vote!]! next: String asOf: AsOf! }
  type Objection { number: Int! appellant: Address! items: Hex! bond: Amount! defender: Address won: Boolean place: EventPlace! }
  type Appeal { status: String! items: Hex! changed: Hex! seats: [Int!]! quorum: Int! voteEndsAt: Int! objections: [Objection!]! }
  type LotDetail {
    id: String! datanetId: Int! number: Int! status: LotStatus! digest: Hex itemCount: Int! seats: [Int!]!
    openedAt: Int! closedAt: Int settledAt: Int accruedAt: Int
    accepted: Hex! undecided: Hex! revoked: Hex! released: Amount! place: EventPlace!
    submissions: [Submission!]! votes: [Vote!]! appeal: Appeal asOf: AsOf!
  }

  type Datanet {
    id: Int! creator: Address! modality: String!
    "As created, amounts as decimal strings."
    terms: Json!
    rules: Hex! rulesCid: String! budget: Amount! funded: Amount! accrued: Amount! claimed: Amount! lotFees: Amount!
    contributors: Int! submissions: Int! totalBytes: Float! lots: Int! score: Int!
    pending: Int! accepted: Int! rejected: Int! undecided: Int! lapsed: Int! revoked: Int! place: EventPlace!
    leaderboard(window: Window, limit: Int, after: String): LeaderboardPage!
    contributions(limit: Int, after: String): ContributionPage!
    days(days: Int): DatanetDays!
  }
  type DatanetPage { items: [Datanet!]! next: String asOf: AsOf! }
  type DatanetDay {
    "UTC day, such as 2026-11-21."
    date: String!
    submitted: Int! totalBytes: Float! accepted: Int! rejected: Int! undecided: Int! lapsed: Int!
    accrued: Amount! funded: Amount! lotFees: Amount!
  }
  type DatanetDays { items: [DatanetDay!]! asOf: AsOf! }

  type Validator {
    id: Int! account: Address! signingKey: Address! units: Int! unbondingUnits: Int! unbondsAt: Int! slashed: Boolean!
    lotsSeated: Int! lotsAttested: Int! votes: Int!
    "Votes that were what the item became, in basis points of all votes."
    agreementBps: Int
    informationScore: Float! earned: Amount! claimed: Amount! registered: EventPlace!
    history(limit: Int, after: String): VotePage!
  }
  type ValidatorPage { items: [Validator!]! next: String asOf: AsOf! }

  type Run {
    id: Hex! owner: Address! parent: Hex status: String!
    "As opened, numbers as decimal strings."
    spec: Json!
    datasetCid: String!
    "As anchored."
    result: Json
    resultHash: Hex attributionCid: String attestations: Int! refusals: Int! quorum: Int! finalAfter: Int
    fees: Int! feeTotal: Amount! poolTotal: Amount! poolClaimed: Amount! anchoredAt: Int place: EventPlace!
    shares(limit: Int, after: String): SharePage!
    feesPaid(limit: Int, after: String): FeePage!
  }
  type RunPage { items: [Run!]! next: String asOf: AsOf! }
  type RunVote { runId: Hex! validatorId: Int! vote: String! reportCid: String place: EventPlace! }
  type RunDetail {
    id: Hex! owner: Address! parent: Hex status: String! spec: Json! datasetCid: String! result: Json resultHash: Hex
    attributionCid: String attestations: Int! refusals: Int! quorum: Int! finalAfter: Int
    fees: Int! feeTotal: Amount! poolTotal: Amount! poolClaimed: Amount! anchoredAt: Int place: EventPlace!
    "From the run itself to the first of its line."
    lineage: [Hex!]!
    children: [Hex!]! votes: [RunVote!]! asOf: AsOf!
  }
  type RunShare { runId: Hex! index: Int! account: Address! share: Int! paid: Amount! place: EventPlace! }
  type SharePage { items: [RunShare!]! next: String asOf: AsOf! }
  type Fee {
    runId: Hex! payer: Address! amount: Amount! toPlatform: Amount! toOwner: Amount! toStakers: Amount!
    toContributors: Amount! toParent: Amount! place: EventPlace!
  }
  type FeePage { items: [Fee!]! next: String asOf: AsOf! }

  type SearchHit { kind: String! id: String! path: String! matched: String! }
  type SearchHits { items: [SearchHit!]! }

  type Query {
    leaderboard(datanetId: Int, window: Window, limit: Int, after: String): LeaderboardPage!
    impact(window: Window, limit: Int, after: String): ImpactPage!
    datanets(limit: Int, after: String): DatanetPage!
    datanet(id: Int!): Datanet!
    contributor(account: Address!): Contributor!
    contributions(datanetId: Int, contributor: Address, limit: Int, after: String): ContributionPage!
    contribution(id: String!): Contribution!
    lots(datanetId: Int, status: LotStatus, limit: Int, after: String): LotPage!
    lot(id: String!): LotDetail!
    validators(limit: Int, after: String): ValidatorPage!
    validator(id: Int!): Validator!
    runs(owner: Address, limit: Int, after: String): RunPage!
    run(id: Hex!): RunDetail!
    search(q: String!): SearchHits!
  }
`
