import { Hono } from 'hono'
import { getLeaderboard } from '../queries/leaderboard.ts'
import type { Store } from '../store/store.ts'
export function createApp({ store }: { store: Store }) {
  const app = new Hono()
  app.get('/v1/leaderboard', async (c) => {
    const q = c.req.query()
    return c.json(
      await getLeaderboard(store, {
        datanetId: q.datanet === undefined ? undefined : Number(q.datanet),
        limit: q.limit === undefined ? undefined : Number(q.limit),
        after: q.after,
        window: q.window as 'all',
      }),
    )
  })
  return app
}
