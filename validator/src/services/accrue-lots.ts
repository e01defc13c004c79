import { datanetsAbi } from '@datanets/sdk'
import { type Address, encodeFunctionData } from 'viem'
import type { ChainState } from './chain-state.ts'
import type { Dispatcher } from './dispatcher.ts'
import type { Service } from './service.ts'
import { isOurTurn } from './turn.ts'

export interface AccrueLotsOptions {
  datanets: Address
  slotSeconds: number
}

/** Pays the accepted contributions of lots whose result can no longer be challenged. */
export class AccrueLots implements Service {
  readonly name = 'accrue'
  readonly #options: AccrueLotsOptions
  readonly #modules: { state: ChainState; dispatcher: Dispatcher }

  constructor(options: AccrueLotsOptions, modules: { state: ChainState; dispatcher: Dispatcher }) {
    this.#options = options
    this.#modules = modules
  }

  async tick(): Promise<void> {
    const { state, dispatcher } = this.#modules
    const { slotSeconds, datanets } = this.#options
    for (const { view, datanet, now } of await state.lotsIn('settled')) {
      const dueAt = Number(view.lot!.settledAt) + datanet.terms.challengeWindow + 1
      const turn = state.turnOf(view)
      if (!turn || !isOurTurn(turn, { now, dueAt, rotation: view.number, slotSeconds })) continue
      const data = encodeFunctionData({
        abi: datanetsAbi,
        functionName: 'accrue',
        args: [view.lot!, view.submissions],
      })
      await dispatcher.perform({ duty: 'accrue', label: view.label, to: datanets, data })
    }
  }
}
