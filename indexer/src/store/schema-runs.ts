import { place } from './schema-place.ts'
import { defineTable } from './table.ts'

export const run = defineTable({
  name: 'run',
  key: ['id'],
  indexes: ['block, log_index', 'parent, block, log_index', 'owner, block, log_index', 'dataset'],
  columns: {
    id: 'bytes',
    owner: 'bytes',
    /** The run it refines; null for none. */
    parent: 'bytes?',
    /** JSON of `RunSpec`, numbers as decimal strings. */
    spec: 'text',
    dataset: 'bytes',
    quorum: 'integer',
    /** `opened`, `anchored`, `attested` or `rejected`; attested becomes final with time, after `finalAfter`. */
    status: 'text',
    resultHash: 'bytes?',
    /** JSON of `RunResult`. */
    result: 'text?',
    anchoredAt: 'integer?',
    attestations: 'integer',
    refusals: 'integer',
    finalAfter: 'integer?',
    fees: 'integer',
    /** Wei of fees paid for it, and of what its contributors were given and took. */
    feeTotal: 'amount',
    poolTotal: 'amount',
    poolClaimed: 'amount',
    ...place,
  },
})

/** A validator's word on a run's result. */
export const runVote = defineTable({
  name: 'run_vote',
  key: ['runId', 'resultHash', 'validatorId'],
  indexes: ['validator_id, block, log_index'],
  columns: {
    runId: 'bytes',
    resultHash: 'bytes',
    validatorId: 'integer',
    /** `attested` or `refused`. */
    vote: 'text',
    report: 'bytes?',
    ...place,
  },
})

export const fee = defineTable({
  name: 'fee',
  key: ['block', 'logIndex'],
  indexes: ['run_id, block, log_index', 'payer, block, log_index'],
  columns: {
    runId: 'bytes',
    payer: 'bytes',
    amount: 'amount',
    toPlatform: 'amount',
    toOwner: 'amount',
    toStakers: 'amount',
    toContributors: 'amount',
    toParent: 'amount',
    ...place,
  },
})

/** A share of a run that was paid at least once. */
export const share = defineTable({
  name: 'share',
  key: ['runId', 'index'],
  indexes: ['account, run_id'],
  columns: { runId: 'bytes', index: 'integer', account: 'bytes', share: 'integer', paid: 'amount', ...place },
})

/** OPEN put down for vouchers. */
export const deposit = defineTable({
  name: 'deposit',
  key: ['payer'],
  columns: { payer: 'bytes', balance: 'amount', leaving: 'amount', leavesAt: 'integer' },
})
