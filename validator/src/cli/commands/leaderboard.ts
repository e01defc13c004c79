import { getLeaderboard } from '@datanets/sdk'
import { defineCommand } from '../command.ts'
import { table } from '../output.ts'
import { parseDatanetId, parseInteger } from '../parse.ts'
import { formatOpen } from '../write.ts'

export const leaderboard = defineCommand<{ limit: string }>({
  name: 'leaderboard',
  summary: 'rank contributors by accepted contributions, computed from events',
  arguments: '[datanet]',
  setup: (command) => command.option('--limit <count>', 'rows to show', '20'),
  async run(context, [datanet], { limit }) {
    const { client, deployment } = await context.chain()
    const board = await getLeaderboard(client, {
      deployment,
      signal: context.signal,
      datanetId: datanet === undefined ? undefined : parseDatanetId(datanet),
      limit: parseInteger(limit, { name: '--limit', min: 1, max: 100_000 }),
    })
    const rows = board.rows.map(({ rank, account, score, acceptanceRate, pending, rewards }) => [
      rank,
      account,
      score,
      acceptanceRate === null ? '' : `${(acceptanceRate * 100).toFixed(1)} %`,
      pending,
      formatOpen(rewards),
    ])
    return { data: board, text: table(['rank', 'contributor', 'score', 'accepted', 'pending', 'rewards'], rows) }
  },
})
