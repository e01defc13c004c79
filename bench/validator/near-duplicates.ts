import { wavOf } from '../../scripts/samples/encoders.ts'
import { seeded } from '../../scripts/samples/random.ts'
import { decode } from '../../validator/src/checks/decode/decode.ts'
import { fingerprintOf } from '../../validator/src/checks/fingerprint/fingerprint.ts'
import {
  DEFAULT_DECODE_LIMITS,
  defaultRules,
  type Fingerprint,
  type Format,
  type Modality,
  nearDuplicateIndex,
} from '../../validator/src/checks/index.ts'
import { drawImage, IMAGE_EDITS } from './images.ts'
import { playSound, SOUND_EDITS } from './sounds.ts'
import { TEXT_EDITS, writeText } from './texts.ts'

export interface NearDuplicateReport {
  threshold: number
  recall: number
  falsePositiveRate: number
  originals: number
  copies: number
  unrelated: number
  recallByEdit: Record<string, number>
  /** Recall and false positives had the threshold been another. */
  curve: { threshold: number; recall: number; falsePositiveRate: number }[]
}

interface Material {
  original(seed: number): Promise<Fingerprint>
  edits: Record<string, (seed: number) => Promise<Fingerprint>>
}

async function fingerprint(bytes: Uint8Array, format: Format): Promise<Fingerprint> {
  return fingerprintOf(await decode(bytes, format, DEFAULT_DECODE_LIMITS))
}

const imageOf = once(drawImage)
const soundOf = once(playSound)

const MATERIALS: Record<Modality, Material> = {
  text: {
    original: (seed) => fingerprint(Buffer.from(writeText(seed)), 'txt'),
    edits: editsOf(TEXT_EDITS, async (edit, seed) =>
      fingerprint(Buffer.from(edit(writeText(seed), seeded(seed + 5_000))), 'md'),
    ),
  },
  image: {
    original: async (seed) => fingerprint(await imageOf(seed), 'png'),
    edits: editsOf(IMAGE_EDITS, async (edit, seed) =>
      fingerprint(await edit(await imageOf(seed), seeded(seed + 5_000)), 'jpg'),
    ),
  },
  audio: {
    original: (seed) => fingerprint(wavOf(soundOf(seed)), 'wav'),
    edits: editsOf(SOUND_EDITS, async (edit, seed) => {
      const { bytes, format } = await edit(soundOf(seed), seeded(seed + 5_000))
      return fingerprint(bytes, format)
    }),
  },
}

/** Drawing and playing take longer than what is measured: each original is made once. */
function once<Made>(make: (seed: number) => Made): (seed: number) => Made {
  const made = new Map<number, Made>()
  return (seed) => {
    if (!made.has(seed)) made.set(seed, make(seed))
    return made.get(seed)!
  }
}

function editsOf<Edit>(edits: Record<string, Edit>, apply: (edit: Edit, seed: number) => Promise<Fingerprint>) {
  return Object.fromEntries(Object.entries(edits).map(([name, edit]) => [name, (seed: number) => apply(edit, seed)]))
}

/** Half of the originals are accepted; copies of them must be found, the other half must not. */
export async function measureNearDuplicates(modality: Modality, originals: number): Promise<NearDuplicateReport> {
  const material = MATERIALS[modality]
  const index = nearDuplicateIndex(modality)
  for (let seed = 1; seed <= originals; seed++) index.add(String(seed), await material.original(seed))
  const copies: { edit: string; similarity: number }[] = []
  for (const [edit, apply] of Object.entries(material.edits)) {
    for (let seed = 1; seed <= originals; seed++) {
      const matches = index.query(await apply(seed))
      copies.push({ edit, similarity: matches.find(({ id }) => id === String(seed))?.similarity ?? 0 })
    }
  }
  const unrelated: number[] = []
  for (let seed = 1; seed <= originals * 4; seed++) {
    unrelated.push(index.query(await material.original(100_000 + seed))[0]?.similarity ?? 0)
  }
  const threshold = defaultRules(modality).checks.nearDuplicate.maxSimilarity
  const recallAt = (at: number, edit?: string) =>
    share(
      copies.filter((copy) => !edit || copy.edit === edit).map(({ similarity }) => similarity),
      at,
    )
  return {
    threshold,
    recall: recallAt(threshold),
    falsePositiveRate: share(unrelated, threshold),
    originals,
    copies: copies.length,
    unrelated: unrelated.length,
    recallByEdit: Object.fromEntries(Object.keys(material.edits).map((edit) => [edit, recallAt(threshold, edit)])),
    curve: Array.from({ length: 40 }, (_, step) => (step + 1) / 40).map((at) => ({
      threshold: at,
      recall: recallAt(at),
      falsePositiveRate: share(unrelated, at),
    })),
  }
}

function share(similarities: readonly number[], threshold: number): number {
  return Number((similarities.filter((similarity) => similarity >= threshold).length / similarities.length).toFixed(4))
}
