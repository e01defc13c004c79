import type { Client } from 'viem'
import type { LotStatus } from '../types/protocol.ts'
import { toLotId } from '../utils/ids.ts'
import type { LotState } from '../utils/lotState.ts'
import { readLots } from './internal/lots.ts'
import { datanetsOf, mapLimited, type ReadParameters, readAt, type View, viewOf } from './internal/read.ts'

export type GetLotsParameters = ReadParameters & {
  /** Only of this Datanet; of all by default. */
  datanetId?: bigint | undefined
  /** Only in these states. */
  statuses?: readonly LotStatus[] | undefined
}

export type GetLotsReturnType = LotState[]

/** Rebuilds the lots of one Datanet or of all, oldest first. */
export async function getLots(
  client: Client,
  { datanetId, statuses, ...options }: GetLotsParameters = {},
): Promise<GetLotsReturnType> {
  const view = await viewOf(client, options)
  const datanetIds = datanetId === undefined ? await allDatanetIds(view) : [datanetId]
  const lots = await readLots(view, (await mapLimited(datanetIds, (id) => lotIdsOf(view, id))).flat())
  return statuses ? lots.filter((lot) => statuses.includes(lot.status)) : lots
}

/** Ids of all Datanets, from 1. */
export async function allDatanetIds(view: View): Promise<bigint[]> {
  const { blockNumber } = view
  const count = await readAt(view.client, { ...datanetsOf(view), functionName: 'datanetCount', blockNumber })
  return Array.from({ length: Number(count) }, (_, index) => BigInt(index + 1))
}

async function lotIdsOf(view: View, datanetId: bigint): Promise<bigint[]> {
  const { blockNumber } = view
  const { lotNumber } = await readAt(view.client, {
    ...datanetsOf(view),
    functionName: 'bookOf',
    args: [datanetId],
    blockNumber,
  })
  return Array.from({ length: lotNumber + 1 }, (_, number) => toLotId({ datanetId, number }))
}
