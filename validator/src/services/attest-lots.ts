import type { Votes } from '../attestations/attestation.ts'
import type { AttestationBook } from '../attestations/book.ts'
import type { AttestationSigner } from '../attestations/signing.ts'
import { postedVotes } from '../chain/lot-view.ts'
import { JournalConflictError } from '../errors/journal.ts'
import type { LotJudge } from '../examine/judge.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import type { Report } from '../report/report.ts'
import type { ChainState, LotAt } from './chain-state.ts'
import type { ExchangeAttestations } from './exchange-attestations.ts'
import type { Service } from './service.ts'

interface Modules {
  state: ChainState
  book: AttestationBook
  signer: AttestationSigner
  exchange: ExchangeAttestations
  judge: LotJudge
  logger: Logger
  metrics: Metrics
}

/** Votes on closed lots this node has a seat in: reads, checks, reports, signs. Nothing here sends a transaction. */
export class AttestLots implements Service {
  readonly name = 'attest'
  readonly #modules: Modules

  constructor(modules: Modules) {
    this.#modules = modules
  }

  async tick(): Promise<void> {
    const { state, judge, logger } = this.#modules
    const lots = (await state.lotsIn('closed')).filter(({ view }) => state.seatOf(view) !== undefined)
    judge.keepOnly(new Set(lots.map(({ view }) => view.digest)))
    for (const lot of lots) {
      try {
        if (!this.#isKnown(lot)) await this.#attest(lot)
      } catch (error) {
        if (error instanceof JournalConflictError) this.#modules.metrics.journalRefusals.inc()
        logger.error({ lot: lot.view.label, error }, 'attestation failed, will be tried again')
      }
    }
  }

  /** Whether this key's attestation is at hand; one that only peers remembered is recorded first. */
  #isKnown({ view }: LotAt): boolean {
    const { book, state, signer } = this.#modules
    const own = book.of(view.digest).find(({ validatorId }) => validatorId === state.validatorId)
    if (own && !signer.recorded(view.digest)) signer.adopt({ ...own, label: view.label })
    return own !== undefined
  }

  async #attest(lot: LotAt): Promise<void> {
    const { signer, exchange, judge, state } = this.#modules
    const { view, now, datanet } = lot
    // What this key said before, as this journal or the chain knows it, is what it says now.
    const before = signer.recorded(view.digest) ?? postedVotes(view, state.validatorId)
    if (before) return this.#sign(lot, before)
    const startedAt = Number(view.lot!.closedAt)
    if (now > startedAt + datanet.terms.voteWindow) return

    const report = await judge.judge({ lot, digest: view.digest, startedAt })
    if (!report) return
    // A second node on this key, or this one before it lost its disk, would be known to the peers.
    await exchange.pull(view)
    if (this.#isKnown(lot)) return
    // The report is stored before anything is signed that points to it.
    await this.#sign(lot, await judge.publish(report))
    this.#count(lot, report)
  }

  async #sign({ view }: LotAt, { accepted, rejected, report }: Votes): Promise<void> {
    const { signer, book, state, logger } = this.#modules
    const { digest, label } = view
    const votes = { accepted, rejected, report }
    book.add(await signer.sign({ digest, label, validatorId: state.validatorId }, votes))
    logger.info({ lot: label, digest, ...votes }, 'attested')
  }

  #count({ view, now }: LotAt, { items }: Report): void {
    const { metrics } = this.#modules
    for (const { vote } of items) metrics.votes.inc({ vote })
    metrics.attestSeconds.observe(Math.max(0, now - Number(view.lot!.closedAt)))
  }
}
