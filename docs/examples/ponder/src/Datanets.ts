import { ponder } from 'ponder:registry'
import { member, submission } from 'ponder:schema'

ponder.on('Datanets:Submitted', async ({ event, context }) => {
  const { lot, contributor, entry, root, manifests } = event.args
  await context.db.insert(submission).values({
    lot,
    first: Number((entry >> 160n) & 0xffn),
    count: Number((entry >> 168n) & 0xffn) + 1,
    contributor,
    root,
    manifests,
    block: event.block.number,
  })
})

ponder.on('Datanets:Accrued', async ({ event, context }) => {
  const { lot, contributor, count, amount } = event.args
  const reached = { scoredBlock: event.block.number, scoredLogIndex: event.log.logIndex }
  for (const datanetId of [lot >> 32n, 0n]) {
    await context.db
      .insert(member)
      .values({ datanetId, account: contributor, score: Number(count), rewards: amount, ...reached })
      .onConflictDoUpdate((row) => ({ score: row.score + Number(count), rewards: row.rewards + amount, ...reached }))
  }
})
