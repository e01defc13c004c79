import { datanetsAbi } from '@datanets/sdk'
import { type Address, encodeFunctionData } from 'viem'
import type { AttestationBook } from '../attestations/book.ts'
import { postedVotes } from '../chain/lot-view.ts'
import type { ChainState } from './chain-state.ts'
import type { Dispatcher } from './dispatcher.ts'
import type { ExchangeAttestations } from './exchange-attestations.ts'
import type { Service } from './service.ts'

/** Part of the vote window after which an attestation is put on chain rather than left to peers. */
const LATE_SHARE = 0.75

interface Modules {
  state: ChainState
  book: AttestationBook
  exchange: ExchangeAttestations
  dispatcher: Dispatcher
}

/**
 * Puts this node's attestation on chain where peers may not do: the vote window is nearly over, or nobody answers. From then
 * on no settlement can leave it out.
 */
export class PostAttestations implements Service {
  readonly name = 'post'
  readonly #options: { datanets: Address }
  readonly #modules: Modules

  constructor(options: { datanets: Address }, modules: Modules) {
    this.#options = options
    this.#modules = modules
  }

  async tick(): Promise<void> {
    const { state, book, exchange, dispatcher } = this.#modules
    for (const { view, datanet, now } of await state.lotsIn('closed')) {
      const seat = state.seatOf(view)
      if (seat === undefined || postedVotes(view, state.validatorId)) continue
      const own = book.of(view.digest).find(({ validatorId }) => validatorId === state.validatorId)
      const closedAt = Number(view.lot!.closedAt)
      if (!own || now > closedAt + datanet.terms.voteWindow) continue
      // With all attestations at hand this node can settle itself.
      if (exchange.isComplete(view)) continue
      const isLate = now >= closedAt + datanet.terms.voteWindow * LATE_SHARE
      if (!isLate && !exchange.isAlone(view)) continue
      const { accepted, rejected, report, r, vs } = own
      const data = encodeFunctionData({
        abi: datanetsAbi,
        functionName: 'postAttestation',
        args: [view.lot!, BigInt(seat), { accepted, rejected, report, r, vs }],
      })
      await dispatcher.perform({ duty: 'post', label: view.label, to: this.#options.datanets, data })
    }
  }
}
