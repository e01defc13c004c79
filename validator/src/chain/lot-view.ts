import type { DatanetsEvent, LotState, LotSubmission, Terms, Votes } from '@datanets/sdk'
import { lotStateOf } from '@datanets/sdk'
import { formatLotId, fromLotId } from '@datanets/sdk/utils'

/** A lot as its events tell it, with its text form for people. */
export type LotView = LotState & { label: string }

export type { LotSubmission }

/** The lot that its events, in order, leave behind. When it can be closed is not among it: that is in the Datanet's book. */
export function lotViewOf(lotId: bigint, events: readonly DatanetsEvent[], terms: Terms): LotView {
  const openLot = { lotNumber: fromLotId(lotId).number, openedAt: 0 }
  return { ...lotStateOf(lotId, events, { terms, openLot }), label: formatLotId(lotId) }
}

/** What a validator put on chain about a lot itself. */
export function postedVotes({ attestations }: LotView, validatorId: number): Votes | undefined {
  return attestations.find((vote) => vote.posted && vote.validatorId === validatorId)
}
