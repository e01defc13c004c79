import type { Client } from 'viem'
import type { Modality } from '../types/protocol.ts'
import { type Datanet, readDatanets } from './getDatanet.ts'
import { allDatanetIds } from './getLots.ts'
import { type ReadParameters, viewOf } from './internal/read.ts'

export type GetDatanetsParameters = ReadParameters & { modality?: Modality | undefined }

export type GetDatanetsReturnType = Datanet[]

/** All Datanets, or those of one modality, oldest first. */
export async function getDatanets(
  client: Client,
  { modality, ...options }: GetDatanetsParameters = {},
): Promise<GetDatanetsReturnType> {
  const view = await viewOf(client, options)
  const datanets = await readDatanets(view, await allDatanetIds(view))
  return modality ? datanets.filter((datanet) => datanet.modality === modality) : datanets
}
