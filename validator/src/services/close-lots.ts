import { datanetsAbi } from '@datanets/sdk'
import { LOT_CAPACITY } from '@datanets/sdk/utils'
import { type Address, encodeFunctionData, type PublicClient } from 'viem'
import type { ChainState, LotAt } from './chain-state.ts'
import type { Dispatcher } from './dispatcher.ts'
import type { Service } from './service.ts'
import { isOurTurn } from './turn.ts'

export interface CloseLotsOptions {
  datanets: Address
  slotSeconds: number
}

interface Modules {
  client: PublicClient
  state: ChainState
  dispatcher: Dispatcher
}

/** Closes lots that are full, were left for a next one, or have been open for their window. */
export class CloseLots implements Service {
  readonly name = 'close'
  readonly #options: CloseLotsOptions
  readonly #modules: Modules

  constructor(options: CloseLotsOptions, modules: Modules) {
    this.#options = options
    this.#modules = modules
  }

  async tick(): Promise<void> {
    const { state, dispatcher } = this.#modules
    for (const lot of await state.lotsIn('open')) {
      const turn = state.turnOf(lot.view)
      const dueAt = await this.#dueAt(lot)
      if (!turn || dueAt === undefined) continue
      const { slotSeconds, datanets } = this.#options
      if (!isOurTurn(turn, { now: lot.now, dueAt, rotation: lot.view.number, slotSeconds })) continue
      const data = encodeFunctionData({
        abi: datanetsAbi,
        functionName: 'closeLot',
        args: [lot.view.lotId, lot.view.submissions],
      })
      await dispatcher.perform({ duty: 'close', label: lot.view.label, to: datanets, data })
    }
  }

  /** Chain time in seconds from which the lot can be closed, undefined while that is not known. */
  async #dueAt({ view, datanet }: LotAt): Promise<number | undefined> {
    const { client } = this.#modules
    const book = await client.readContract({
      abi: datanetsAbi,
      address: this.#options.datanets,
      functionName: 'bookOf',
      args: [view.datanetId],
    })
    const isLeft = view.number < book.lotNumber
    if (!isLeft && view.itemCount < LOT_CAPACITY) return book.openedAt + datanet.terms.lotWindow
    const { enteredBlock } = view.submissions.at(-1)!
    const { timestamp } = await client.getBlock({ blockNumber: enteredBlock })
    // Not in the block of the last submission: its randomness was known to who entered it.
    return Number(timestamp) + 1
  }
}
