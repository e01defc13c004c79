import { digestToCid } from '@datanets/sdk/utils'
import * as dagJson from '@ipld/dag-json'
import type { CID } from 'multiformats'
import { type Hex, zeroHash } from 'viem'
import type { DatanetInfo } from '../chain/datanet-reader.ts'
import { defaultRules, parseRules, type Rules } from '../checks/index.ts'
import type { ContentReader } from './reader.ts'

/** Longest rules document. */
export const MAX_RULES_BYTES = 1_000_000

export type ReadRules =
  | { kind: 'rules'; rules: Rules; cid: CID | null }
  | { kind: 'missing'; why: string; cid: CID }
  | { kind: 'invalid'; why: string; cid: CID }

/** The rules of a Datanet, kept once they were read: the digest on chain cannot change. */
export class RulesReader {
  readonly #reader: ContentReader
  readonly #known = new Map<Hex, ReadRules>()

  constructor(reader: ContentReader) {
    this.#reader = reader
  }

  async read({ rules: digest, modality }: DatanetInfo): Promise<ReadRules> {
    if (digest === zeroHash) return { kind: 'rules', rules: defaultRules(modality), cid: null }
    const known = this.#known.get(digest)
    if (known) return known
    const read = await this.#fetch(digestToCid(digest, 'dag-json'), modality)
    if (read.kind !== 'missing') this.#known.set(digest, read)
    return read
  }

  async #fetch(cid: CID, modality: DatanetInfo['modality']): Promise<ReadRules> {
    const fetched = await this.#reader.read(cid, MAX_RULES_BYTES)
    if (fetched.kind === 'missing') return { ...fetched, cid }
    if (fetched.kind === 'faulty') return { kind: 'invalid', why: fetched.why, cid }
    try {
      const rules = parseRules(dagJson.decode(fetched.bytes))
      if (rules.modality === modality) return { kind: 'rules', rules, cid }
      return { kind: 'invalid', why: `rules for ${rules.modality} on a Datanet of ${modality}`, cid }
    } catch (error) {
      return { kind: 'invalid', why: (error as Error).message.slice(0, 400), cid }
    }
  }
}
