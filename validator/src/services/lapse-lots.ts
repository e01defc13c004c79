import { datanetsAbi } from '@datanets/sdk'
import { type Address, encodeFunctionData } from 'viem'
import type { ChainState, LotAt } from './chain-state.ts'
import type { Dispatcher } from './dispatcher.ts'
import type { Service } from './service.ts'
import { isOurTurn } from './turn.ts'

export interface LapseLotsOptions {
  datanets: Address
  slotSeconds: number
}

/** Ends lots that found no quorum in time, so that their reservation goes back to the budget. */
export class LapseLots implements Service {
  readonly name = 'lapse'
  readonly #options: LapseLotsOptions
  readonly #modules: { state: ChainState; dispatcher: Dispatcher }

  constructor(options: LapseLotsOptions, modules: { state: ChainState; dispatcher: Dispatcher }) {
    this.#options = options
    this.#modules = modules
  }

  async tick(): Promise<void> {
    const { state, dispatcher } = this.#modules
    const { slotSeconds, datanets } = this.#options
    for (const lot of await state.lotsIn('closed')) {
      const turn = state.turnOf(lot.view)
      if (!turn || !isOurTurn(turn, { now: lot.now, dueAt: lapsesAt(lot), rotation: lot.view.number, slotSeconds }))
        continue
      const data = encodeFunctionData({ abi: datanetsAbi, functionName: 'lapse', args: [lot.view.lot!] })
      await dispatcher.perform({ duty: 'lapse', label: lot.view.label, to: datanets, data })
    }
  }
}

/** Chain time in seconds from which a lot without result may lapse: at once with fewer seats than the quorum. */
export function lapsesAt({ view, datanet: { terms } }: Pick<LotAt, 'view' | 'datanet'>): number {
  const closedAt = Number(view.lot!.closedAt)
  return view.seats.length < terms.quorum ? closedAt : closedAt + 2 * terms.voteWindow + 1
}
