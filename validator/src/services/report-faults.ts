import { validatorsAbi } from '@datanets/sdk'
import { type Address, encodeFunctionData } from 'viem'
import type { AttestationBook } from '../attestations/book.ts'
import type { ChainState } from './chain-state.ts'
import type { Dispatcher } from './dispatcher.ts'
import type { Service } from './service.ts'

interface Modules {
  state: ChainState
  book: AttestationBook
  dispatcher: Dispatcher
}

/** Reports validators that signed two different attestations for one lot. The reporter is paid for it. */
export class ReportFaults implements Service {
  readonly name = 'faults'
  readonly #options: { validators: Address }
  readonly #modules: Modules
  readonly #reported = new Set<string>()

  constructor(options: { validators: Address }, modules: Modules) {
    this.#options = options
    this.#modules = modules
  }

  async tick(): Promise<void> {
    const { state, book, dispatcher } = this.#modules
    for (const { view } of await state.lotsIn('closed', 'settled')) {
      const { digest } = view.lot!
      for (const [first, second] of book.contradictions(digest)) {
        const label = `validator ${first.validatorId} in ${view.label}`
        if (first.validatorId === state.validatorId || this.#reported.has(label)) continue
        const data = encodeFunctionData({
          abi: validatorsAbi,
          functionName: 'slash',
          args: [digest, first, second],
        })
        const outcome = await dispatcher.perform({ duty: 'slash', label, to: this.#options.validators, data })
        if (outcome === 'done' || outcome === 'others') this.#reported.add(label)
      }
    }
  }
}
