import type { Client } from 'viem'
import { UnknownLotError } from '../errors/chain.ts'
import type { LotState } from '../utils/lotState.ts'
import { readLots } from './internal/lots.ts'
import { type ReadParameters, viewOf } from './internal/read.ts'

export type GetLotParameters = ReadParameters & { lotId: bigint }

export type GetLotReturnType = LotState

/**
 * Rebuilds a lot from its events: submissions, seats, votes, result and deadlines. Its `lot` and `submissions` are what
 * `settle`, `lapse` and `accrue` take back.
 *
 * @throws {UnknownLotError} when it has no submission.
 * @throws {InconsistentEventsError} when the node's events do not lead to the state the chain holds.
 */
export async function getLot(client: Client, { lotId, ...options }: GetLotParameters): Promise<GetLotReturnType> {
  const [state] = await readLots(await viewOf(client, options), [lotId])
  if (!state) throw new UnknownLotError({ lotId })
  return state
}
