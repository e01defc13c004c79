import { getLots, type LotStatus } from '@datanets/sdk'
import { formatLotId, lotStatuses, popcount } from '@datanets/sdk/utils'
import { defineCommand } from '../command.ts'
import { UsageError } from '../errors.ts'
import { table } from '../output.ts'
import { parseDatanetId } from '../parse.ts'

const STATUSES: readonly LotStatus[] = ['open', ...lotStatuses]

export const lots = defineCommand<{ status?: string }>({
  name: 'lots',
  summary: 'list lots: where they stand, who votes, what was accepted',
  arguments: '[datanet]',
  setup: (command) => command.option('--status <status>', `only in this state: ${STATUSES.join(', ')}`),
  async run(context, [datanet], { status }) {
    const wanted = STATUSES.find((known) => known === status)
    if (status !== undefined && !wanted) {
      throw new UsageError(`"${status}" is no state of a lot.`, `Give one of ${STATUSES.join(', ')}.`)
    }
    const { client, deployment } = await context.chain()
    const list = await getLots(client, {
      deployment,
      signal: context.signal,
      datanetId: datanet === undefined ? undefined : parseDatanetId(datanet),
      statuses: wanted && [wanted],
    })
    const rows = list.map(({ lotId, status: own, itemCount, lot, seats, attestations }) => [
      formatLotId(lotId),
      own,
      itemCount,
      popcount(lot?.accepted ?? 0n),
      popcount(lot?.undecided ?? 0n),
      seats.join(','),
      attestations.length,
    ])
    const head = ['lot', 'status', 'items', 'accepted', 'undecided', 'seats', 'votes']
    return { data: list.map((lot) => ({ ...lot, label: formatLotId(lot.lotId) })), text: table(head, rows) }
  },
})
