import { Counter, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** Every number a node tells, with its unit in the name and one sentence of what it measures. One registry per node. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]

  return {
    registry,

    headBlock: new Gauge({
      name: 'datanet_head_block',
      help: 'Number of the newest block this node has followed.',
      registers,
    }),
    headLagSeconds: new Gauge({
      name: 'datanet_head_age_seconds',
      help: 'Seconds since this node last saw a head of the chain.',
      registers,
    }),
    reorgs: new Counter({
      name: 'datanet_reorgs_total',
      help: 'Reorganisations that reached below the blocks this node re-reads at every head.',
      registers,
    }),
    lots: new Gauge({
      name: 'datanet_lots',
      help: 'Lots known to this node, by where they stand.',
      labelNames: ['status'] as const,
      registers,
    }),
    duties: new Counter({
      name: 'datanet_duties_total',
      help: 'Duties ended, by kind (close, post, settle, accrue, lapse, appeal, slash) and outcome (done, others, failed).',
      labelNames: ['duty', 'outcome'] as const,
      registers,
    }),
    attestSeconds: new Histogram({
      name: 'datanet_attest_seconds',
      help: 'Seconds from the closing of a lot, by chain time, to the signature of this node.',
      buckets: [1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400],
      registers,
    }),
    votes: new Counter({
      name: 'datanet_votes_total',
      help: 'Votes this node signed, by vote (accept, reject, abstain).',
      labelNames: ['vote'] as const,
      registers,
    }),
    checkSeconds: new Histogram({
      name: 'datanet_check_seconds',
      help: 'Seconds one file took to check in its worker.',
      labelNames: ['format'] as const,
      buckets: SECONDS,
      registers,
    }),
    checkedBytes: new Counter({
      name: 'datanet_checked_bytes_total',
      help: 'Bytes of the files checked.',
      registers,
    }),
    fetchSeconds: new Histogram({
      name: 'datanet_fetch_seconds',
      help: 'Seconds one fetch from the content store took, by outcome (fetched, failed).',
      labelNames: ['outcome'] as const,
      buckets: SECONDS,
      registers,
    }),
    journalRefusals: new Counter({
      name: 'datanet_journal_refusals_total',
      help: 'Signatures the journal refused because another statement was recorded. Anything above zero needs a person.',
      registers,
    }),
    transactions: new Counter({
      name: 'datanet_transactions_total',
      help: 'Transactions sent, by outcome (mined, reverted, replaced, refused).',
      labelNames: ['outcome'] as const,
      registers,
    }),
    gasUsed: new Counter({
      name: 'datanet_gas_used_total',
      help: 'Gas of the transactions this node had mined.',
      registers,
    }),
    senderBalanceWei: new Gauge({
      name: 'datanet_sender_balance_wei',
      help: 'Native balance, in wei, of the account that pays for transactions.',
      registers,
    }),
    peerRequests: new Counter({
      name: 'datanet_peer_requests_total',
      help: 'Requests for attestations to peers, by outcome (answered, failed).',
      labelNames: ['outcome'] as const,
      registers,
    }),
    rpcErrors: new Counter({
      name: 'datanet_rpc_errors_total',
      help: 'Ticks that ended with an error of the chain endpoint, by service.',
      labelNames: ['service'] as const,
      registers,
    }),
    corpusFiles: new Gauge({
      name: 'datanet_corpus_files',
      help: 'Accepted contributions that new ones are compared with, by Datanet.',
      labelNames: ['datanet'] as const,
      registers,
    }),
  }
}
