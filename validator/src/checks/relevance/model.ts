/** What a relevance model sees of a file: how often each of its terms occurs. Plain JSON, made inside the worker. */
export type Terms = Record<string, number>

export interface RelevanceScore {
  /** 0 to 1, rounded to four digits; null when there is too little to judge. */
  score: number | null
  /** Says what was compared, with the values. */
  message: string
}

/**
 * How well a file serves the purpose of its Datanet. `TermRelevance` needs no download; a model-backed one implements the
 * same two methods. Whatever it is, it must answer alike on every machine, and an outage must throw, not score.
 */
export interface RelevanceModel {
  score(terms: Terms, purpose: string): RelevanceScore | Promise<RelevanceScore>
  /** Tells the model about an accepted file. */
  learn(terms: Terms): void
}
