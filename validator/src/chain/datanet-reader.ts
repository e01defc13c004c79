import { type Modality as ChainModality, datanetsAbi, type Terms } from '@datanets/sdk'
import { modalityOf } from '@datanets/sdk/utils'
import type { Address, Hex, PublicClient } from 'viem'
import type { Modality } from '../checks/index.ts'

export interface DatanetInfo {
  id: bigint
  terms: Terms
  modality: Modality
  /** Digest of the rules document; zero for the defaults. */
  rules: Hex
}

/** What is fixed for ever about a Datanet, read once each. */
export class DatanetReader {
  readonly #client: PublicClient
  readonly #address: Address
  readonly #known = new Map<bigint, DatanetInfo>()

  constructor(client: PublicClient, address: Address) {
    this.#client = client
    this.#address = address
  }

  async read(id: bigint): Promise<DatanetInfo> {
    const known = this.#known.get(id)
    if (known) return known
    const contract = { abi: datanetsAbi, address: this.#address } as const
    const [terms, rules] = await Promise.all([
      this.#client.readContract({ ...contract, functionName: 'termsOf', args: [id] }),
      this.#client.readContract({ ...contract, functionName: 'rulesOf', args: [id] }),
    ])
    const modality = modalityOf(terms.formats).toLowerCase() as Lowercase<ChainModality>
    const info: DatanetInfo = { id, terms, modality, rules }
    this.#known.set(id, info)
    return info
  }
}
