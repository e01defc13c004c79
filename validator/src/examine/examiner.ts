import { formatContributionId, type ManifestListItem, toContributionId } from '@datanets/sdk/utils'
import type { Address } from 'viem'
import type { DatanetInfo } from '../chain/datanet-reader.ts'
import type { LotView } from '../chain/lot-view.ts'
import { CHECKS, compare, type FileInput, type FileVerdict, type Rules } from '../checks/index.ts'
import type { CorpusView } from '../corpus/corpus.ts'
import type { FingerprintStore } from '../corpus/fingerprints.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { type Reason, type ReportItem, reasonOf } from '../report/report.ts'
import { mapLimit } from '../util/map-limit.ts'
import type { CheckPool } from '../worker/index.ts'
import { type OpenedSubmission, openSubmission } from './open-submission.ts'
import { readItem } from './read-item.ts'
import type { ContentReader } from './reader.ts'
import { abstention } from './reasons.ts'

const READS_AT_ONCE = 4
const CORPUS_CHECKS = new Set(CHECKS.filter(({ stage }) => stage === 'corpus').map(({ name }) => name))

/** An item as far as it has come. `input` has no bytes any more. */
type Examined =
  | { kind: 'checked'; item: ManifestListItem; input: FileInput; verdict: FileVerdict }
  | { kind: 'invalid'; item?: ManifestListItem; reason: Reason }
  | { kind: 'missing'; item?: ManifestListItem; why: string }

export interface ExaminerModules {
  reader: ContentReader
  pool: CheckPool
  fingerprints: FingerprintStore
  logger: Logger
  metrics: Metrics
}

/**
 * Looks at the items of one lot until each has a vote. Whatever was read and checked stays so over calls; only what was
 * missing is asked for again.
 */
export class LotExaminer {
  readonly #view: LotView
  readonly #datanet: DatanetInfo
  readonly #rules: Rules
  readonly #place: { chainId: number; contract: Address }
  readonly #modules: ExaminerModules
  readonly #opened = new Map<number, OpenedSubmission>()
  readonly #examined = new Map<number, Examined>()

  constructor(
    {
      view,
      datanet,
      rules,
      place,
    }: {
      view: LotView
      datanet: DatanetInfo
      rules: Rules
      place: { chainId: number; contract: Address }
    },
    modules: ExaminerModules,
  ) {
    this.#view = view
    this.#datanet = datanet
    this.#rules = rules
    this.#place = place
    this.#modules = modules
  }

  /** Reads and checks what is still missing. Returns how many items are missing afterwards. */
  async advance(): Promise<number> {
    const todo: { index: number; contributor: Address; item: ManifestListItem }[] = []
    for (const [position, submission] of this.#view.submissions.entries()) {
      const opened = await this.#open(position)
      for (let offset = 0; offset < submission.count; offset++) {
        const index = submission.first + offset
        const known = this.#examined.get(index)
        if (known && known.kind !== 'missing') continue
        if (opened.kind === 'opened')
          todo.push({ index, contributor: submission.contributor, item: opened.items[offset]! })
        else if (opened.kind === 'invalid') this.#examined.set(index, opened)
        else this.#examined.set(index, { kind: 'missing', why: `the list of manifests: ${opened.why}` })
      }
    }
    await mapLimit(todo, READS_AT_ONCE, async ({ index, contributor, item }) => {
      this.#examined.set(index, await this.#examine(item, contributor))
    })
    return [...this.#examined.values()].filter(({ kind }) => kind === 'missing').length
  }

  /** Votes on every item, in order, each compared with the corpus and with the items of the lot before it. */
  async conclude(corpus: CorpusView): Promise<ReportItem[]> {
    const items: ReportItem[] = []
    for (const submission of this.#view.submissions) {
      for (let index = submission.first; index < submission.first + submission.count; index++) {
        const contribution = formatContributionId(toContributionId({ lotId: this.#view.lotId, index }))
        const examined = this.#examined.get(index) ?? { kind: 'missing' as const, why: 'it was not looked at' }
        const { vote, reasons, verdict } = await this.#vote(examined, corpus)
        const sha256 = examined.item?.sha256.slice(2) ?? null
        if (vote === 'accept' && sha256) corpus.add({ contribution, sha256, features: verdict ?? {} })
        const manifest = examined.item?.manifest ?? null
        items.push({ index, contribution, contributor: submission.contributor, vote, sha256, manifest, reasons })
      }
    }
    return items
  }

  async #open(position: number): Promise<OpenedSubmission> {
    const known = this.#opened.get(position)
    if (known && known.kind !== 'missing') return known
    const opened = await openSubmission(this.#modules.reader, this.#view.submissions[position]!)
    this.#opened.set(position, opened)
    return opened
  }

  async #examine(item: ManifestListItem, contributor: Address): Promise<Examined> {
    const { reader, pool, fingerprints, metrics } = this.#modules
    const read = await readItem(reader, item)
    if (read.kind !== 'read') return { ...read, item }

    const input = this.#inputOf(item, read.manifest, read.bytes, contributor)
    const endTimer = metrics.checkSeconds.startTimer({ format: item.format })
    const verdict = await pool.check(input, this.#rules)
    endTimer()
    metrics.checkedBytes.inc(read.bytes.length)
    if (verdict.fingerprint) fingerprints.put(item.sha256.slice(2), item.format, verdict)
    return { kind: 'checked', item, input: { ...input, bytes: new Uint8Array() }, verdict }
  }

  #inputOf(item: ManifestListItem, manifest: object, bytes: Uint8Array, contributor: Address): FileInput {
    const { chainId, contract } = this.#place
    return {
      bytes,
      declaredFormat: item.format,
      declaredBytes: item.size,
      declaredSha256: item.sha256,
      manifest: { ...manifest, payload: String((manifest as { payload: unknown }).payload) },
      expected: {
        chainId,
        contracts: contract,
        datanetId: Number(this.#datanet.id),
        contributor,
        sha256: item.sha256,
        size: item.size,
        format: item.format,
      },
    }
  }

  async #vote(
    examined: Examined,
    corpus: CorpusView,
  ): Promise<{ vote: ReportItem['vote']; reasons: Reason[]; verdict?: FileVerdict }> {
    if (examined.kind === 'invalid') return { vote: 'reject', reasons: [examined.reason] }
    if (examined.kind === 'missing') {
      const message = `It could not be fetched in time: ${examined.why}`
      return { vote: 'abstain', reasons: [abstention('fetch', 'not-fetched', message)] }
    }
    const verdict = await this.#compare(examined, corpus)
    return { vote: verdict.vote, reasons: verdict.results.map(reasonOf), verdict }
  }

  /** Everything but the comparison was done in the worker, when the corpus was not yet known. */
  async #compare(
    { input, item, verdict }: Extract<Examined, { kind: 'checked' }>,
    corpus: CorpusView,
  ): Promise<FileVerdict> {
    const results = verdict.results.filter(({ check }) => !CORPUS_CHECKS.has(check))
    // Nothing to compare: the worker was ended by the file, and that is the verdict.
    if (results.length === verdict.results.length) return verdict
    const inspection = {
      results,
      sha256: item.sha256.slice(2),
      fingerprint: verdict.fingerprint,
      terms: verdict.terms,
    }
    return compare(input, this.#rules, inspection, corpus.context)
  }
}

export function wordOfVotes(items: readonly ReportItem[], vote: ReportItem['vote']): bigint {
  return items.reduce((word, item) => (item.vote === vote ? word | (1n << BigInt(item.index)) : word), 0n)
}
