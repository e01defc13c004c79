import { round } from '../result.ts'
import type { RelevanceModel, RelevanceScore, Terms } from './model.ts'
import { termsOf } from './terms.ts'

/** With fewer accepted files the corpus says nothing yet. */
const MIN_CORPUS = 5

/**
 * Cosine between a file and the purpose, and between a file and the accepted corpus, whichever is higher. Terms weigh
 * less the more accepted files have them.
 */
export class TermRelevance implements RelevanceModel {
  #documents = 0
  #frequency = new Map<string, number>()
  #centre = new Map<string, number>()

  learn(terms: Terms): void {
    this.#documents++
    for (const [term, count] of Object.entries(terms)) {
      this.#frequency.set(term, (this.#frequency.get(term) ?? 0) + 1)
      this.#centre.set(term, (this.#centre.get(term) ?? 0) + 1 + Math.log(count))
    }
  }

  score(terms: Terms, purpose: string): RelevanceScore {
    const wanted = new Map(Object.entries(termsOf(purpose)).map(([term, count]) => [term, 1 + Math.log(count)]))
    const own = new Map(Object.entries(terms).map(([term, count]) => [term, 1 + Math.log(count)]))
    const corpusSpeaks = this.#documents >= MIN_CORPUS
    if (own.size === 0 || (wanted.size === 0 && !corpusSpeaks)) {
      return {
        score: null,
        message: 'Too little text, or neither a purpose nor enough accepted files to compare with.',
      }
    }
    const toPurpose = round(this.#cosine(own, wanted), 4)
    const toCorpus = corpusSpeaks ? round(this.#cosine(own, this.#centre), 4) : 0
    const message = `Alike with the purpose by ${toPurpose}, with ${this.#documents} accepted files by ${toCorpus}.`
    return { score: Math.max(toPurpose, toCorpus), message }
  }

  #cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
    let product = 0
    for (const [term, weight] of a) product += this.#weigh(term, weight) * this.#weigh(term, b.get(term) ?? 0)
    const norm = Math.sqrt(this.#squares(a) * this.#squares(b))
    return norm === 0 ? 0 : product / norm
  }

  #squares(weights: ReadonlyMap<string, number>): number {
    let sum = 0
    for (const [term, weight] of weights) sum += this.#weigh(term, weight) ** 2
    return sum
  }

  #weigh(term: string, weight: number): number {
    return weight * Math.log(1 + (this.#documents + 1) / ((this.#frequency.get(term) ?? 0) + 1))
  }
}
