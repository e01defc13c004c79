import type { AttestationBook } from '../attestations/book.ts'
import type { AttestationVerifier } from '../attestations/verify.ts'
import { fromWire, MAX_ANSWER_BYTES } from '../attestations/wire.ts'
import { type LotView, postedVotes } from '../chain/lot-view.ts'
import { fetchJson } from '../http/fetch-json.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import type { ChainState } from './chain-state.ts'
import type { Service } from './service.ts'

export interface ExchangeOptions {
  /** Base URLs of the peers; asked anew at every tick. */
  peers: () => readonly string[]
  timeoutMs: number
}

interface Modules {
  state: ChainState
  book: AttestationBook
  verifier: AttestationVerifier
  logger: Logger
  metrics: Metrics
  signal: AbortSignal
}

/** Asks peers for the attestations that are still missing on closed lots, and keeps those that count. */
export class ExchangeAttestations implements Service {
  readonly name = 'exchange'
  readonly #options: ExchangeOptions
  readonly #modules: Modules
  /** Rounds in which no peer answered, in a row, by digest. */
  readonly #silence = new Map<string, number>()

  constructor(options: ExchangeOptions, modules: Modules) {
    this.#options = options
    this.#modules = modules
  }

  async tick(): Promise<void> {
    for (const { view } of await this.#modules.state.lotsIn('closed')) {
      if (!this.isComplete(view)) await this.pull(view)
    }
  }

  /** Whether every seat's attestation is known. */
  isComplete(view: LotView): boolean {
    const known = new Set(this.#modules.book.of(view.digest).map(({ validatorId }) => validatorId))
    return view.seats.every((validatorId) => known.has(validatorId) || postedVotes(view, validatorId) !== undefined)
  }

  /** Whether handing attestations to peers does not work for this lot: there are none, or they keep silent. */
  isAlone(view: LotView): boolean {
    return this.#options.peers().length === 0 || (this.#silence.get(view.digest) ?? 0) >= 3
  }

  /** Asks every peer once about a lot. */
  async pull(view: LotView): Promise<void> {
    const answers = await Promise.all(this.#options.peers().map((peer) => this.#ask(peer, view)))
    const { digest } = view.lot!
    this.#silence.set(digest, answers.some(Boolean) ? 0 : (this.#silence.get(digest) ?? 0) + 1)
  }

  async #ask(peer: string, view: LotView): Promise<boolean> {
    const { book, verifier, logger, metrics, signal } = this.#modules
    const { timeoutMs } = this.#options
    try {
      const url = new URL(`attestations/${view.label}`, peer.endsWith('/') ? peer : `${peer}/`)
      const answer = await fetchJson(url.href, { timeoutMs, maxBytes: MAX_ANSWER_BYTES, signal })
      metrics.peerRequests.inc({ outcome: 'answered' })
      for (const attestation of await verifier.select(view, fromWire(answer))) {
        if (book.add(attestation))
          logger.debug({ lot: view.label, validator: attestation.validatorId }, 'attestation received')
      }
      return true
    } catch (error) {
      metrics.peerRequests.inc({ outcome: 'failed' })
      logger.debug({ peer, lot: view.label, error }, 'peer did not answer')
      return false
    }
  }
}
