import { appeal, objection } from './schema-appeals.ts'
import { place } from './schema-place.ts'
import { deposit, fee, run, runVote, share } from './schema-runs.ts'
import { defineTable, type RowOf, type Table } from './table.ts'

/** Raised whenever tables change: a database of another version is rebuilt from events. */
export const SCHEMA_VERSION = 1

/** What became of contributions. Each contribution is in exactly one of the first six. */
const outcomes = {
  pending: 'integer',
  accepted: 'integer',
  rejected: 'integer',
  undecided: 'integer',
  lapsed: 'integer',
  revoked: 'integer',
} as const

/** Acceptance: what a leaderboard ranks by, and when it was reached. */
const standing = {
  score: 'integer',
  scoredBlock: 'integer',
  scoredLogIndex: 'integer',
  scoredAt: 'integer',
  earned: 'amount',
  claimed: 'amount',
} as const

const byScore = 'score desc, scored_block, scored_log_index, address'

export const datanet = defineTable({
  name: 'datanet',
  key: ['id'],
  columns: {
    id: 'integer',
    creator: 'bytes',
    modality: 'text',
    /** JSON of `Terms`, amounts as decimal strings. */
    terms: 'text',
    rules: 'bytes',
    rewardPerFile: 'amount',
    lotFee: 'amount',
    /** Wei neither reserved nor owed. */
    budget: 'amount',
    funded: 'amount',
    accrued: 'amount',
    /** Wei validators earned for settled lots. */
    lotFees: 'amount',
    claimed: 'amount',
    contributors: 'integer',
    submissions: 'integer',
    totalBytes: 'integer',
    lots: 'integer',
    ...outcomes,
    score: 'integer',
    ...place,
  },
})

export const account = defineTable({
  name: 'account',
  key: ['address'],
  indexes: [byScore, 'impact desc, impact_block, impact_log_index, address where impact_at > 0'],
  columns: {
    address: 'bytes',
    datanets: 'integer',
    submissions: 'integer',
    totalBytes: 'integer',
    ...outcomes,
    ...standing,
    /** Wei earned from runs. */
    impact: 'amount',
    impactBlock: 'integer',
    impactLogIndex: 'integer',
    impactAt: 'integer',
    /** Wei of appeal bonds owed. */
    bonds: 'amount',
    /** Where rewards go; null for the account itself. */
    payout: 'bytes?',
    firstAt: 'integer',
  },
})

/** An account within a Datanet. */
export const member = defineTable({
  name: 'member',
  key: ['datanetId', 'address'],
  indexes: [`datanet_id, ${byScore}`, 'address, datanet_id'],
  columns: { datanetId: 'integer', address: 'bytes', submissions: 'integer', ...outcomes, ...standing },
})

/** Acceptance of one account in one Datanet on one UTC day: what the boards of windows add up. */
export const memberDay = defineTable({
  name: 'member_day',
  key: ['day', 'datanetId', 'address'],
  indexes: ['datanet_id, day'],
  columns: {
    day: 'integer',
    datanetId: 'integer',
    address: 'bytes',
    score: 'integer',
    scoredBlock: 'integer',
    scoredLogIndex: 'integer',
    scoredAt: 'integer',
    earned: 'amount',
  },
})

/** Earnings from runs of one account on one UTC day. */
export const impactDay = defineTable({
  name: 'impact_day',
  key: ['day', 'address'],
  columns: {
    day: 'integer',
    address: 'bytes',
    impact: 'amount',
    impactBlock: 'integer',
    impactLogIndex: 'integer',
    impactAt: 'integer',
  },
})

/** What happened in a Datanet on one UTC day. */
export const datanetDay = defineTable({
  name: 'datanet_day',
  key: ['datanetId', 'day'],
  columns: {
    datanetId: 'integer',
    day: 'integer',
    submitted: 'integer',
    totalBytes: 'integer',
    accepted: 'integer',
    rejected: 'integer',
    undecided: 'integer',
    lapsed: 'integer',
    accrued: 'amount',
    funded: 'amount',
    lotFees: 'amount',
  },
})

export const lot = defineTable({
  name: 'lot',
  key: ['datanetId', 'number'],
  indexes: ['status, datanet_id, number', 'digest'],
  columns: {
    datanetId: 'integer',
    number: 'integer',
    status: 'text',
    digest: 'bytes?',
    submissions: 'integer',
    itemCount: 'integer',
    /** Packed validator ids, as the chain has them. */
    seats: 'word',
    openedAt: 'integer',
    closedAt: 'integer?',
    settledAt: 'integer?',
    accruedAt: 'integer?',
    accepted: 'word',
    undecided: 'word',
    revoked: 'word',
    /** Contributions paid so far; equals the accepted ones when the lot is accrued. */
    paid: 'integer',
    released: 'amount',
    /** Where the lot's first submission entered. */
    ...place,
  },
})

export const submission = defineTable({
  name: 'submission',
  key: ['datanetId', 'lotNumber', 'first'],
  indexes: ['contributor, block, log_index', 'block, log_index'],
  columns: {
    datanetId: 'integer',
    lotNumber: 'integer',
    first: 'integer',
    contributor: 'bytes',
    count: 'integer',
    totalBytes: 'integer',
    formats: 'integer',
    root: 'bytes',
    manifests: 'bytes',
    ...place,
  },
})

/** Payment of a submission's accepted contributions to the contributor's balance. */
export const accrual = defineTable({
  name: 'accrual',
  key: ['datanetId', 'lotNumber', 'first'],
  indexes: ['contributor, block, log_index'],
  columns: {
    datanetId: 'integer',
    lotNumber: 'integer',
    first: 'integer',
    contributor: 'bytes',
    count: 'integer',
    amount: 'amount',
    ...place,
  },
})

/** One validator's votes on a lot. */
export const attestation = defineTable({
  name: 'attestation',
  key: ['datanetId', 'lotNumber', 'round', 'validatorId'],
  indexes: ['validator_id, block, log_index'],
  columns: {
    datanetId: 'integer',
    lotNumber: 'integer',
    /** 0 for the first vote, 1 for an appeal's. */
    round: 'integer',
    validatorId: 'integer',
    accepted: 'word',
    rejected: 'word',
    report: 'bytes',
    /** Whether the validator put it on chain itself. */
    posted: 'integer',
    /** Whether it was counted in a settlement. */
    counted: 'integer',
    pay: 'amount',
    /** Leave-one-out covariance with the others' majority, times the square of the item count. */
    information: 'integer',
    /** Items on which the vote was what the lot became, of those it voted on. */
    agreed: 'integer',
    voted: 'integer',
    ...place,
  },
})

export const validator = defineTable({
  name: 'validator',
  key: ['id'],
  indexes: ['account', 'signing_key'],
  columns: {
    id: 'integer',
    account: 'bytes',
    signingKey: 'bytes',
    units: 'integer',
    unbondingUnits: 'integer',
    unbondsAt: 'integer',
    slashed: 'integer',
    lotsSeated: 'integer',
    lotsAttested: 'integer',
    votes: 'integer',
    agreed: 'integer',
    information: 'integer',
    /** Wei of lot fees earned, and all wei claimed. */
    earned: 'amount',
    claimed: 'amount',
    /** Wei of the stakers' part of usage fees, as far as settled; `perUnitX64` is where the rest starts. */
    stakerFees: 'amount',
    perUnitX64: 'word',
    ...place,
  },
})

/** Every key a validator signs or signed with. */
export const signingKey = defineTable({
  name: 'signing_key',
  key: ['address'],
  columns: { address: 'bytes', validatorId: 'integer', ...place },
})

/** The stakers' part of usage fees, over all validators. One row, of id 0. */
export const staking = defineTable({
  name: 'staking',
  key: ['id'],
  columns: {
    id: 'integer',
    units: 'integer',
    /** Wei spread over all units. */
    distributed: 'amount',
    /** Wei per unit since the beginning, times 2^64. */
    perUnitX64: 'word',
    slashed: 'amount',
  },
})

/** A proven fault. */
export const slashing = defineTable({
  name: 'slashing',
  key: ['validatorId'],
  columns: { validatorId: 'integer', digest: 'bytes', reporter: 'bytes', amount: 'amount', reward: 'amount', ...place },
})

/** OPEN that left for a wallet. */
export const claim = defineTable({
  name: 'claim',
  key: ['block', 'logIndex'],
  indexes: ['account, block, log_index'],
  columns: {
    account: 'bytes',
    payout: 'bytes',
    /** `rewards`, `earnings` of a validator, `shares` or `fees` of runs, `bonds` of appeals. */
    source: 'text',
    total: 'amount',
    /** JSON: what it came from, ids and decimal amounts. */
    parts: 'text',
    ...place,
  },
})

export const revocation = defineTable({
  name: 'revocation',
  key: ['datanetId', 'lotNumber', 'item'],
  columns: {
    datanetId: 'integer',
    lotNumber: 'integer',
    item: 'integer',
    earlierLotNumber: 'integer',
    earlierItem: 'integer',
    prover: 'bytes',
    reward: 'amount',
    ...place,
  },
})

/** Every table that events fill, in the order they are created. */
export const tables = {
  datanet,
  account,
  member,
  memberDay,
  impactDay,
  datanetDay,
  lot,
  submission,
  accrual,
  attestation,
  validator,
  signingKey,
  staking,
  slashing,
  claim,
  revocation,
  appeal,
  objection,
  run,
  runVote,
  fee,
  share,
  deposit,
} as const satisfies Record<string, Table>

export type Tables = typeof tables
export type TableName = keyof Tables
export type Row<N extends TableName> = RowOf<Tables[N]['columns']>
