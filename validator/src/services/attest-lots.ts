import type { ContentStore } from '@datanets/sdk/storage'
import { encodeDagJson } from '@datanets/sdk/utils'
import type { CID } from 'multiformats'
import type { Address, Hex } from 'viem'
import type { Place, Votes } from '../attestations/attestation.ts'
import type { AttestationBook } from '../attestations/book.ts'
import type { AttestationSigner } from '../attestations/signing.ts'
import { postedVotes } from '../chain/lot-view.ts'
import { defaultRules } from '../checks/index.ts'
import type { CorpusKeeper } from '../corpus/keeper.ts'
import { JournalConflictError } from '../errors/journal.ts'
import { LotExaminer, wordOfVotes } from '../examine/examiner.ts'
import { abstention } from '../examine/reasons.ts'
import type { ReadRules, RulesReader } from '../examine/rules-reader.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { REPORT_VERSION, type Report, type ReportItem } from '../report/report.ts'
import type { Software } from '../report/software.ts'
import type { ChainState, LotAt } from './chain-state.ts'
import type { ExchangeAttestations } from './exchange-attestations.ts'
import type { Service } from './service.ts'

/** Part of the vote window that earlier lots are waited for, and missing content is asked for. */
const WAIT_SHARE = 0.5
const FETCH_SHARE = 0.6

type ExaminerModules = ConstructorParameters<typeof LotExaminer>[1]

interface Modules extends ExaminerModules {
  state: ChainState
  book: AttestationBook
  signer: AttestationSigner
  exchange: ExchangeAttestations
  corpora: CorpusKeeper
  rules: RulesReader
  store: ContentStore
  logger: Logger
  metrics: Metrics
}

export interface AttestLotsOptions {
  place: Place
  /** Address of the signing key. */
  signingKey: Address
  software: Software
}

/** Votes on closed lots this node has a seat in: reads, checks, reports, signs. Nothing here sends a transaction. */
export class AttestLots implements Service {
  readonly name = 'attest'
  readonly #options: AttestLotsOptions
  readonly #modules: Modules
  /** Work under way, by digest; what was read stays read over ticks. */
  readonly #examiners = new Map<Hex, { examiner: LotExaminer; rules: ReadRules }>()

  constructor(options: AttestLotsOptions, modules: Modules) {
    this.#options = options
    this.#modules = modules
  }

  async tick(): Promise<void> {
    const { state, logger } = this.#modules
    const lots = await state.lotsIn('closed')
    const digests = new Set(lots.map(({ view }) => view.digest))
    for (const digest of this.#examiners.keys()) if (!digests.has(digest)) this.#examiners.delete(digest)
    for (const lot of lots) {
      if (state.seatOf(lot.view) === undefined) continue
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
    const { digest } = view.lot!
    const own = book.of(digest).find(({ validatorId }) => validatorId === state.validatorId)
    if (own && !signer.recorded(digest)) signer.adopt({ ...own, label: view.label })
    return own !== undefined
  }

  async #attest(lot: LotAt): Promise<void> {
    const { signer, exchange } = this.#modules
    const { view, now, datanet } = lot
    const { digest } = view.lot!
    // What this key said before, as this journal, the chain or a peer knows it, is what it says now.
    const before = signer.recorded(digest) ?? postedVotes(view, this.#modules.state.validatorId)
    if (before) return this.#sign(lot, before)
    if (now > Number(view.lot!.closedAt) + datanet.terms.voteWindow) return

    const report = await this.#examine(lot)
    if (!report) return
    // A second node on this key, or this one before it lost its disk, would be known to the peers.
    await exchange.pull(view)
    if (this.#isKnown(lot)) return
    const votes = await this.#publish(report)
    await this.#sign(lot, votes)
    this.#examiners.delete(digest)
    this.#count(lot, report)
  }

  /** The report, or undefined while something is still worth waiting for. */
  async #examine(lot: LotAt): Promise<Report | undefined> {
    const { state, corpora } = this.#modules
    const { view, datanet, now } = lot
    const closedAt = Number(view.lot!.closedAt)
    const { voteWindow } = datanet.terms
    const isTime = (share: number) => now >= closedAt + voteWindow * share

    const { examiner, rules } = await this.#examinerOf(lot)
    const isUnread = rules.kind === 'missing' || (rules.kind === 'rules' && (await examiner.advance()) > 0)
    if (isUnread && !isTime(FETCH_SHARE)) return undefined
    const earlier = state.lotsOf(view.datanetId).filter(({ number }) => number < view.number)
    const hasOpenResult = earlier.some(({ status }) => status === 'open' || status === 'closed')
    if (hasOpenResult && !isTime(WAIT_SHARE)) return undefined

    const { corpus, unread } = await corpora.sync(datanet, earlier)
    const before = corpus.openView(view.number)
    const items = rules.kind === 'rules' ? await examiner.conclude(before) : abstainAll(view, rules)
    return this.#reportOf(lot, items, rules.cid, { size: before.size, unread })
  }

  async #examinerOf({ view, datanet }: LotAt): Promise<{ examiner: LotExaminer; rules: ReadRules }> {
    const { digest } = view.lot!
    const known = this.#examiners.get(digest)
    if (known && known.rules.kind !== 'missing') return known
    const rules = await this.#modules.rules.read(datanet)
    const applied = rules.kind === 'rules' ? rules.rules : defaultRules(datanet.modality)
    const examiner = new LotExaminer({ view, datanet, rules: applied, place: this.#options.place }, this.#modules)
    this.#examiners.set(digest, { examiner, rules })
    return { examiner, rules }
  }

  #reportOf({ view }: LotAt, items: ReportItem[], rules: CID | null, corpus: Report['corpus']): Report {
    const { place, signingKey, software } = this.#options
    return {
      version: REPORT_VERSION,
      ...place,
      lot: view.label,
      digest: view.digest,
      validator: this.#modules.state.validatorId,
      signingKey,
      rules,
      corpus,
      software,
      items,
    }
  }

  /** Stores the report before anything is signed that points to it. */
  async #publish(report: Report): Promise<Votes> {
    const { store } = this.#modules
    const { bytes, digest } = encodeDagJson(report)
    const cid = await store.put(bytes, { codec: 'dag-json' })
    await store.pin(cid)
    return {
      accepted: wordOfVotes(report.items, 'accept'),
      rejected: wordOfVotes(report.items, 'reject'),
      report: digest,
    }
  }

  async #sign({ view }: LotAt, votes: Votes): Promise<void> {
    const { signer, book, state, logger } = this.#modules
    const { digest } = view.lot!
    const signed = await signer.sign({ digest, label: view.label, validatorId: state.validatorId }, votes)
    book.add(signed)
    logger.info({ lot: view.label, digest, ...votes }, 'attested')
  }

  #count({ view, now }: LotAt, { items }: Report): void {
    const { metrics } = this.#modules
    for (const { vote } of items) metrics.votes.inc({ vote })
    metrics.attestSeconds.observe(Math.max(0, now - Number(view.lot!.closedAt)))
  }
}

/** Without usable rules there is no judging: nobody is rejected for the Datanet's document. */
function abstainAll(view: LotAt['view'], rules: Exclude<ReadRules, { kind: 'rules' }>): ReportItem[] {
  const code = rules.kind === 'missing' ? 'rules-not-fetched' : 'rules-invalid'
  return view.submissions.flatMap(({ contributor, count, first }) =>
    Array.from({ length: count }, (_, offset) => ({
      index: first + offset,
      contribution: `${view.label}-${first + offset}`,
      contributor,
      vote: 'abstain' as const,
      sha256: null,
      manifest: null,
      reasons: [abstention('rules', code, `The rules of the Datanet: ${rules.why}`)],
    })),
  )
}
