import type { ContentStore } from '@datanets/sdk/storage'
import { encodeDagJson } from '@datanets/sdk/utils'
import type { CID } from 'multiformats'
import type { Address, Hex } from 'viem'
import type { Place, Votes } from '../attestations/attestation.ts'
import type { LotView } from '../chain/lot-view.ts'
import { defaultRules } from '../checks/index.ts'
import type { CorpusKeeper } from '../corpus/keeper.ts'
import { REPORT_VERSION, type Report, type ReportItem } from '../report/report.ts'
import type { Software } from '../report/software.ts'
import type { ChainState, LotAt } from '../services/chain-state.ts'
import { type ExaminerModules, LotExaminer, wordOfVotes } from './examiner.ts'
import { abstention } from './reasons.ts'
import type { ReadRules, RulesReader } from './rules-reader.ts'

/** Part of the vote window that earlier lots are waited for, and missing content is asked for. */
const WAIT_SHARE = 0.5
const FETCH_SHARE = 0.6

/** One vote to be cast: a lot's own, or that of a committee on an appealed lot. */
export interface Case {
  lot: LotAt
  /** What is signed: the lot's digest, or the appeal's. */
  digest: Hex
  /** Chain time in seconds when voting began. */
  startedAt: number
}

export interface JudgeOptions {
  place: Place
  /** Address of the signing key. */
  signingKey: Address
  software: Software
}

interface Modules extends ExaminerModules {
  state: ChainState
  corpora: CorpusKeeper
  rules: RulesReader
  store: ContentStore
}

/** Comes to a vote on every item of a lot, with its reasons. Signs nothing. */
export class LotJudge {
  readonly #options: JudgeOptions
  readonly #modules: Modules
  /** Work under way, by digest; what was read stays read over calls. */
  readonly #underWay = new Map<Hex, { examiner: LotExaminer; rules: ReadRules }>()

  constructor(options: JudgeOptions, modules: Modules) {
    this.#options = options
    this.#modules = modules
  }

  /** The report, or undefined while something is still worth waiting for. */
  async judge({ lot, digest, startedAt }: Case): Promise<Report | undefined> {
    const { state, corpora } = this.#modules
    const { view, datanet, now } = lot
    const isTime = (share: number) => now >= startedAt + datanet.terms.voteWindow * share

    const { examiner, rules } = await this.#examinerOf(lot, digest)
    const isUnread = rules.kind === 'missing' || (rules.kind === 'rules' && (await examiner.advance()) > 0)
    if (isUnread && !isTime(FETCH_SHARE)) return undefined
    const earlier = state.lotsOf(view.datanetId).filter(({ number }) => number < view.number)
    const hasOpenResult = earlier.some(({ status }) => status === 'open' || status === 'closed')
    if (hasOpenResult && !isTime(WAIT_SHARE)) return undefined

    const { corpus, unread } = await corpora.sync(datanet, earlier)
    const before = corpus.openView(view.number)
    const items = rules.kind === 'rules' ? await examiner.conclude(before) : abstainAll(view, rules)
    return this.#reportOf(view, digest, items, rules.cid, { size: before.size, unread })
  }

  /** Stores a report and gives the votes that point to it. */
  async publish(report: Report): Promise<Votes> {
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

  /** Forgets the work on all but these. */
  keepOnly(digests: ReadonlySet<Hex>): void {
    for (const digest of this.#underWay.keys()) if (!digests.has(digest)) this.#underWay.delete(digest)
  }

  async #examinerOf({ view, datanet }: LotAt, digest: Hex): Promise<{ examiner: LotExaminer; rules: ReadRules }> {
    const known = this.#underWay.get(digest)
    if (known && known.rules.kind !== 'missing') return known
    const rules = await this.#modules.rules.read(datanet)
    const applied = rules.kind === 'rules' ? rules.rules : defaultRules(datanet.modality)
    const examiner = new LotExaminer({ view, datanet, rules: applied, place: this.#options.place }, this.#modules)
    this.#underWay.set(digest, { examiner, rules })
    return { examiner, rules }
  }

  #reportOf(view: LotView, digest: Hex, items: ReportItem[], rules: CID | null, corpus: Report['corpus']): Report {
    const { place, signingKey, software } = this.#options
    return {
      version: REPORT_VERSION,
      ...place,
      lot: view.label,
      digest,
      validator: this.#modules.state.validatorId,
      signingKey,
      rules,
      corpus,
      software,
      items,
    }
  }
}

/** Without usable rules there is no judging: nobody is rejected for the Datanet's document. */
function abstainAll(view: LotView, rules: Exclude<ReadRules, { kind: 'rules' }>): ReportItem[] {
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
