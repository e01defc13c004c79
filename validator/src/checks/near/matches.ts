import type { NearDuplicateMatch } from '../types.ts'

const MOST = 16

/** The most alike first; of equals the one added first. */
export function sorted(matches: [entry: number, similarity: number][], ids: readonly string[]): NearDuplicateMatch[] {
  return matches
    .sort(([entryA, a], [entryB, b]) => b - a || entryA - entryB)
    .slice(0, MOST)
    .map(([entry, similarity]) => ({ id: ids[entry]!, similarity }))
}
