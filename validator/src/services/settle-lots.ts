import { datanetsAbi } from '@datanets/sdk'
import { type Address, encodeFunctionData, type Hex, zeroHash } from 'viem'
import { type SignedVotes, type Votes, votesText } from '../attestations/attestation.ts'
import type { AttestationBook } from '../attestations/book.ts'
import type { AttestationVerifier } from '../attestations/verify.ts'
import { type LotView, postedVotes } from '../chain/lot-view.ts'
import type { ChainState, LotAt } from './chain-state.ts'
import type { Dispatcher } from './dispatcher.ts'
import type { Service } from './service.ts'
import { isOurTurn } from './turn.ts'

export interface SettleLotsOptions {
  datanets: Address
  slotSeconds: number
}

interface Modules {
  state: ChainState
  dispatcher: Dispatcher
  book: AttestationBook
  verifier: AttestationVerifier
}

/** Settles lots: at once when every seat has attested, otherwise with a quorum when the vote window is over. */
export class SettleLots implements Service {
  readonly name = 'settle'
  readonly #options: SettleLotsOptions
  readonly #modules: Modules

  constructor(options: SettleLotsOptions, modules: Modules) {
    this.#options = options
    this.#modules = modules
  }

  async tick(): Promise<void> {
    const { state, dispatcher, book, verifier } = this.#modules
    const { slotSeconds, datanets } = this.#options
    for (const lot of await state.lotsIn('closed')) {
      const { view, now } = lot
      // Checked again: a key may have been replaced since.
      const ballots = ballotsOf(view, await verifier.select(view, book.of(view.digest)))
      const dueAt = settlesAt(lot, ballots.length)
      const turn = state.turnOf(view)
      if (dueAt === undefined || !turn) continue
      if (!isOurTurn(turn, { now, dueAt, rotation: view.number, slotSeconds })) continue
      const seatsVoted = ballots.reduce((word, { seat }) => word | (1n << BigInt(seat)), 0n)
      const attestations = ballots.map(({ seat: _, ...attestation }) => attestation)
      const data = encodeFunctionData({
        abi: datanetsAbi,
        functionName: 'settle',
        args: [view.lot!, seatsVoted, attestations],
      })
      await dispatcher.perform({ duty: 'settle', label: view.label, to: datanets, data })
    }
  }
}

type Ballot = Votes & { seat: number; r: Hex; vs: Hex }

/** One attestation for each seat that has one: the posted one before any other, and it needs no signature any more. */
export function ballotsOf(view: LotView, known: readonly SignedVotes[]): Ballot[] {
  return view.seats.flatMap((validatorId, seat): Ballot[] => {
    const posted = postedVotes(view, validatorId)
    if (posted) {
      const { accepted, rejected, report } = posted
      return [{ seat, accepted, rejected, report, r: zeroHash, vs: zeroHash }]
    }
    const own = known.filter((attestation) => attestation.validatorId === validatorId)
    own.sort((a, b) => votesText(a).localeCompare(votesText(b)))
    const [chosen] = own
    if (!chosen) return []
    const { accepted, rejected, report, r, vs } = chosen
    return [{ seat, accepted, rejected, report, r, vs }]
  })
}

/** Chain time in seconds from which so many attestations settle a lot, undefined when they do not. */
export function settlesAt({ view, datanet: { terms }, now }: LotAt, attestationCount: number): number | undefined {
  const closedAt = Number(view.lot!.closedAt)
  if (attestationCount < terms.quorum || now > closedAt + 2 * terms.voteWindow) return undefined
  return attestationCount === view.seats.length ? closedAt : closedAt + terms.voteWindow + 1
}
