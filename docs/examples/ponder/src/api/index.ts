import { db } from 'ponder:api'
import schema from 'ponder:schema'
import { Hono } from 'hono'
import { asc, desc, eq, graphql } from 'ponder'

const app = new Hono()

app.use('/graphql', graphql({ db, schema }))

/** As `/v1/leaderboard` of our own indexer: by score, ties to the earlier one to reach it. */
app.get('/leaderboard', async (context) => {
  const { datanetId, score, scoredBlock, scoredLogIndex } = schema.member
  const datanet = BigInt(context.req.query('datanet') ?? 0)
  const limit = Math.min(1000, Number(context.req.query('limit') ?? 50))
  const rows = await db
    .select()
    .from(schema.member)
    .where(eq(datanetId, datanet))
    .orderBy(desc(score), asc(scoredBlock), asc(scoredLogIndex))
    .limit(limit)
  return context.json({
    items: rows.map((row, i) => ({
      rank: i + 1,
      account: row.account,
      score: row.score,
      rewards: row.rewards.toString(),
    })),
  })
})

export default app
