import {
  type CheckContext,
  type Fingerprint,
  type Modality,
  type NearDuplicateMatch,
  nearDuplicateIndex,
  TermRelevance,
} from '../checks/index.ts'
import type { Features } from './fingerprints.ts'

/** A contribution's place in the order of entry: lots by number, items by position. */
export interface Position {
  lotNumber: number
  index: number
}

export interface AcceptedItem extends Position {
  contribution: string
  sha256: string
  features: Features
}

/**
 * What was accepted in one Datanet, ready to be compared with. Fingerprints are indexed by content and never removed;
 * which of them count is asked at each query, so a result that changes in an appeal or a reorganisation needs no rebuild.
 */
export class Corpus {
  readonly modality: Modality
  readonly #index: ReturnType<typeof nearDuplicateIndex>
  readonly #indexed = new Set<string>()
  #accepted = new Map<string, AcceptedItem>()

  constructor(modality: Modality) {
    this.modality = modality
    this.#index = nearDuplicateIndex(modality)
  }

  /** Replaces what is accepted. Of equal content the earliest counts. */
  setAccepted(items: readonly AcceptedItem[]): void {
    this.#accepted = new Map()
    for (const item of [...items].sort(byPosition)) {
      if (!this.#accepted.has(item.sha256)) this.#accepted.set(item.sha256, item)
      const { fingerprint } = item.features
      if (!fingerprint || this.#indexed.has(item.sha256)) continue
      this.#indexed.add(item.sha256)
      this.#index.add(item.sha256, fingerprint)
    }
  }

  get size(): number {
    return this.#accepted.size
  }

  /** What the items of `lotNumber` are compared with, growing with each item of the lot that is voted for. */
  openView(lotNumber: number): CorpusView {
    const before = new Map([...this.#accepted].filter(([, item]) => item.lotNumber < lotNumber))
    return new CorpusView(this.modality, before, (fingerprint) => this.#index.query(fingerprint))
  }
}

/** The corpus as the next item of a lot sees it. */
export class CorpusView {
  readonly #before: ReadonlyMap<string, AcceptedItem>
  readonly #queryBefore: (fingerprint: Fingerprint) => NearDuplicateMatch[]
  readonly #own = new Map<string, string>()
  readonly #ownIndex: ReturnType<typeof nearDuplicateIndex>
  readonly #relevance = new TermRelevance()

  constructor(
    modality: Modality,
    before: ReadonlyMap<string, AcceptedItem>,
    queryBefore: (fingerprint: Fingerprint) => NearDuplicateMatch[],
  ) {
    this.#before = before
    this.#queryBefore = queryBefore
    this.#ownIndex = nearDuplicateIndex(modality)
    for (const { features } of before.values()) if (features.terms) this.#relevance.learn(features.terms)
  }

  /** Accepted contributions before the lot. */
  get size(): number {
    return this.#before.size
  }

  get context(): CheckContext {
    return {
      hashes: { get: (sha256) => this.#before.get(sha256)?.contribution ?? this.#own.get(sha256) },
      index: { add: () => undefined, query: (fingerprint) => this.#query(fingerprint) },
      relevance: this.#relevance,
    }
  }

  /** Counts an item of the lot itself for those after it. */
  add({ contribution, sha256, features }: Omit<AcceptedItem, keyof Position>): void {
    if (!this.#own.has(sha256)) this.#own.set(sha256, contribution)
    if (features.fingerprint) this.#ownIndex.add(contribution, features.fingerprint)
  }

  /** Earlier lots first where the likeness is equal: priority is the order of entry. */
  #query(fingerprint: Fingerprint): NearDuplicateMatch[] {
    const before = this.#queryBefore(fingerprint).flatMap(({ id, similarity }): (NearDuplicateMatch & Position)[] => {
      const item = this.#before.get(id)
      return item ? [{ id: item.contribution, similarity, lotNumber: item.lotNumber, index: item.index }] : []
    })
    before.sort((a, b) => b.similarity - a.similarity || byPosition(a, b))
    const matches = [...before.map(({ id, similarity }) => ({ id, similarity })), ...this.#ownIndex.query(fingerprint)]
    return matches.sort((a, b) => b.similarity - a.similarity)
  }
}

function byPosition(a: Position, b: Position): number {
  return a.lotNumber - b.lotNumber || a.index - b.index
}
