import type { ChainClock } from '../chain/chain-clock.ts'
import type { DatanetInfo, DatanetReader } from '../chain/datanet-reader.ts'
import type { LotFollower } from '../chain/follower.ts'
import type { LotView } from '../chain/lot-view.ts'

/** A lot with what a duty needs to know of its time and terms. */
export interface LotAt {
  view: LotView
  datanet: DatanetInfo
  /** Chain time in seconds. */
  now: number
}

/** What all services look at: the lots of the newest head, the chain's time and who this node is. */
export class ChainState {
  readonly #modules: { follower: LotFollower; clock: ChainClock; datanets: DatanetReader }
  /** Zero while the signing key is not registered. */
  validatorId = 0
  /** Ids of the validators with tickets, ascending. */
  activeIds: number[] = []

  constructor(modules: { follower: LotFollower; clock: ChainClock; datanets: DatanetReader }) {
    this.#modules = modules
  }

  /** Lots in one of these statuses, oldest first; empty before the first head. */
  async lotsIn(...statuses: LotView['status'][]): Promise<LotAt[]> {
    const { follower, clock, datanets } = this.#modules
    if (!follower.head) return []
    const now = await clock.now(follower.head)
    const views = [...follower.lots.values()].filter(({ status }) => statuses.includes(status))
    views.sort((a, b) => Number((a.lot?.closedAt ?? 0n) - (b.lot?.closedAt ?? 0n)) || (a.lotId < b.lotId ? -1 : 1))
    return Promise.all(views.map(async (view) => ({ view, now, datanet: await datanets.read(view.datanetId) })))
  }

  /** All lots of a Datanet. */
  lotsOf(datanetId: bigint): LotView[] {
    return [...this.#modules.follower.lots.values()].filter((view) => view.datanetId === datanetId)
  }

  lot(id: bigint): LotView | undefined {
    return this.#modules.follower.lots.get(id)
  }

  /** This node's seat in a lot, undefined when it has none. */
  seatOf(view: LotView): number | undefined {
    const seat = this.validatorId === 0 ? -1 : view.seats.indexOf(this.validatorId)
    return seat === -1 ? undefined : seat
  }

  /** The order in which nodes send for a lot: its seats, or everybody while it has none. */
  turnOf(view: LotView): { rank: number; count: number } | undefined {
    const order = view.seats.length > 0 ? view.seats : this.activeIds
    const rank = order.indexOf(this.validatorId)
    return rank === -1 ? undefined : { rank, count: order.length }
  }
}
