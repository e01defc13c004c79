import { index, onchainTable, primaryKey } from 'ponder'

export const submission = onchainTable(
  'submission',
  (t) => ({
    lot: t.bigint().notNull(),
    first: t.integer().notNull(),
    contributor: t.hex().notNull(),
    count: t.integer().notNull(),
    root: t.hex().notNull(),
    manifests: t.hex().notNull(),
    block: t.bigint().notNull(),
  }),
  (t) => ({ pk: primaryKey({ columns: [t.lot, t.first] }), byContributor: index().on(t.contributor) }),
)

/** An account in a Datanet. Datanet 0 is all of them together. */
export const member = onchainTable(
  'member',
  (t) => ({
    datanetId: t.bigint().notNull(),
    account: t.hex().notNull(),
    score: t.integer().notNull(),
    rewards: t.bigint().notNull(),
    scoredBlock: t.bigint().notNull(),
    scoredLogIndex: t.integer().notNull(),
  }),
  (t) => ({
    pk: primaryKey({ columns: [t.datanetId, t.account] }),
    byScore: index().on(t.datanetId, t.score, t.scoredBlock, t.scoredLogIndex),
  }),
)
