import { seeded } from '../../scripts/samples/random.ts'
import { HASH_WORDS, REGIONS } from '../../validator/src/checks/fingerprint/image.ts'
import { PERMUTATIONS } from '../../validator/src/checks/fingerprint/text.ts'
import { toBase64 } from '../../validator/src/checks/fingerprint/words.ts'
import { type Fingerprint, type Modality, nearDuplicateIndex } from '../../validator/src/checks/index.ts'

export interface IndexReport {
  bytes: number
  seconds: number
  queryMilliseconds: number
}

/** Words of ten seconds of sound. */
const SOUND_WORDS = 208

const FINGERPRINTS: Record<Modality, (word: () => number) => Fingerprint> = {
  text: (word) => ({ kind: 'minhash-128', shingles: 400, words: words(PERMUTATIONS, word) }),
  image: (word) => ({ kind: 'dct-sign-128', words: words(REGIONS.length * HASH_WORDS, word) }),
  audio: (word) => ({ kind: 'band-energy-32', words: words(SOUND_WORDS, word) }),
}

function words(count: number, word: () => number): string {
  return toBase64(Uint32Array.from({ length: count }, word))
}

/** Time to add `accepted` fingerprints, the bytes its tables then hold, and the mean time of a query. */
export function measureIndex(modality: Modality, accepted: number): IndexReport {
  const random = seeded(accepted)
  const word = () => Math.floor(random() * 2 ** 32)
  const index = nearDuplicateIndex(modality)
  let seconds = 0
  for (let at = 0; at < accepted; at++) {
    const fingerprint = FINGERPRINTS[modality](word)
    const start = performance.now()
    index.add(String(at), fingerprint)
    seconds += (performance.now() - start) / 1_000
  }
  const queries = Array.from({ length: 50 }, () => FINGERPRINTS[modality](word))
  const start = performance.now()
  for (const query of queries) index.query(query)
  const queryMilliseconds = (performance.now() - start) / queries.length
  return {
    bytes: index.bytes,
    seconds: Number(seconds.toFixed(2)),
    queryMilliseconds: Number(queryMilliseconds.toFixed(2)),
  }
}
