/** One thing that was recomputed and compared. `unknown` is an outage: neither confirmed nor refuted. */
export interface Finding {
  what: string
  outcome: 'same' | 'different' | 'unknown'
  detail: string
}

export function compare(what: string, recomputed: unknown, claimed: unknown): Finding {
  const outcome = String(recomputed) === String(claimed) ? 'same' : 'different'
  return {
    what,
    outcome,
    detail: outcome === 'same' ? '' : `recomputed ${String(recomputed)}, claimed ${String(claimed)}`,
  }
}

export function unknown(what: string, why: string): Finding {
  return { what, outcome: 'unknown', detail: why }
}
