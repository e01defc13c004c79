import { bitsOf, formatContributionId, toContributionId } from '@datanets/sdk/utils'
import type { DatanetInfo } from '../chain/datanet-reader.ts'
import type { LotView } from '../chain/lot-view.ts'
import { defaultRules } from '../checks/index.ts'
import { openSubmission } from '../examine/open-submission.ts'
import { readItem } from '../examine/read-item.ts'
import type { ContentReader } from '../examine/reader.ts'
import type { Metrics } from '../metrics.ts'
import { mapLimit } from '../util/map-limit.ts'
import type { CheckPool } from '../worker/index.ts'
import { type AcceptedItem, Corpus } from './corpus.ts'
import type { FingerprintStore } from './fingerprints.ts'

/** Milliseconds before something that could not be read is asked for again. */
const READ_AGAIN_MS = 60_000
const READS_AT_ONCE = 4

interface LotCorpus {
  /** Accepted word the items are of. */
  accepted: bigint
  items: AcceptedItem[]
  unread: number
  readAt: number
}

interface Modules {
  reader: ContentReader
  pool: CheckPool
  fingerprints: FingerprintStore
  metrics: Metrics
}

/** Keeps the corpus of every Datanet up to what the chain accepted. What it cannot read it names and tries again. */
export class CorpusKeeper {
  readonly #modules: Modules
  readonly #corpora = new Map<bigint, Corpus>()
  readonly #lots = new Map<string, LotCorpus>()

  constructor(modules: Modules) {
    this.#modules = modules
  }

  /** The corpus of a Datanet as of `lots`, and how many accepted contributions could not be read. */
  async sync(datanet: DatanetInfo, lots: Iterable<LotView>): Promise<{ corpus: Corpus; unread: number }> {
    const items: AcceptedItem[] = []
    let unread = 0
    for (const lot of lots) {
      if (lot.datanetId !== datanet.id || !lot.lot || lot.lot.accepted === 0n) continue
      const read = await this.#readLot(datanet, lot)
      items.push(...read.items)
      unread += read.unread
    }
    const corpus = this.#corpusOf(datanet)
    corpus.setAccepted(items)
    this.#modules.metrics.corpusFiles.set({ datanet: datanet.id.toString() }, corpus.size)
    return { corpus, unread }
  }

  #corpusOf({ id, modality }: DatanetInfo): Corpus {
    const known = this.#corpora.get(id)
    if (known) return known
    const corpus = new Corpus(modality)
    this.#corpora.set(id, corpus)
    return corpus
  }

  async #readLot(datanet: DatanetInfo, view: LotView): Promise<LotCorpus> {
    const { digest } = view
    const { accepted } = view.lot!
    const known = this.#lots.get(digest)
    const isCurrent = known?.accepted === accepted
    if (isCurrent && (known.unread === 0 || Date.now() - known.readAt < READ_AGAIN_MS)) return known

    const read: LotCorpus = { accepted, items: [], unread: 0, readAt: Date.now() }
    for (const submission of view.submissions) {
      const { first, count } = submission
      const wanted = bitsOf(accepted).filter((bit) => bit >= first && bit < first + count)
      if (wanted.length === 0) continue
      const opened = await openSubmission(this.#modules.reader, submission)
      if (opened.kind !== 'opened') {
        read.unread += wanted.length
        continue
      }
      const items = await mapLimit(wanted, READS_AT_ONCE, (index) =>
        this.#readItem(datanet, view, index, opened.items[index - first]!),
      )
      for (const item of items) {
        if (item) read.items.push(item)
        else read.unread++
      }
    }
    this.#lots.set(digest, read)
    return read
  }

  async #readItem(
    { modality }: DatanetInfo,
    view: LotView,
    index: number,
    listed: Parameters<typeof readItem>[1],
  ): Promise<AcceptedItem | undefined> {
    const { fingerprints, reader, pool } = this.#modules
    const sha256 = listed.sha256.slice(2)
    const place = {
      contribution: formatContributionId(toContributionId({ lotId: view.lotId, index })),
      sha256,
      lotNumber: view.number,
      index,
    }
    const known = fingerprints.get(sha256, listed.format)
    if (known) return { ...place, features: known }

    const read = await readItem(reader, listed)
    if (read.kind === 'missing') return undefined
    // Accepted all the same: its hash still counts, and it has nothing to compare with.
    if (read.kind === 'invalid') return { ...place, features: {} }
    const input = {
      bytes: read.bytes,
      declaredFormat: listed.format,
      declaredBytes: listed.size,
      declaredSha256: sha256,
    }
    const verdict = await pool.check(input, defaultRules(modality))
    if (verdict.vote === 'abstain' && !verdict.fingerprint) return undefined
    fingerprints.put(sha256, listed.format, verdict)
    return { ...place, features: { fingerprint: verdict.fingerprint, terms: verdict.terms } }
  }
}
