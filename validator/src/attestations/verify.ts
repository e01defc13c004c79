import { validatorsAbi } from '@datanets/sdk'
import { type Address, isAddressEqual, type PublicClient } from 'viem'
import type { LotView } from '../chain/lot-view.ts'
import { isWellFormed, type Place, type SignedVotes, signerOf } from './attestation.ts'

/** Checks attestations of others as {settle} would, so that only what counts is kept and handed on. */
export class AttestationVerifier {
  readonly #client: PublicClient
  readonly #validators: Address
  readonly #place: Place

  constructor({ client, validators, place }: { client: PublicClient; validators: Address; place: Place }) {
    this.#client = client
    this.#validators = validators
    this.#place = place
  }

  /** Those of `attestations` that a seat of the lot signed with its present key. */
  async select(view: LotView, attestations: readonly SignedVotes[]): Promise<SignedVotes[]> {
    const plausible = attestations.filter(
      (given) =>
        given.digest.toLowerCase() === view.digest.toLowerCase() &&
        view.seats.includes(given.validatorId) &&
        isWellFormed(given, view.itemCount),
    )
    if (plausible.length === 0) return []
    const keys = await this.#client.readContract({
      abi: validatorsAbi,
      address: this.#validators,
      functionName: 'signingKeysOf',
      args: [view.lot!.seats],
    })
    const verdicts = await Promise.all(
      plausible.map(async (given) => {
        const signer = await signerOf(this.#place, given.digest, given)
        const key = keys[view.seats.indexOf(given.validatorId)]
        return signer !== undefined && key !== undefined && isAddressEqual(signer, key)
      }),
    )
    return plausible.filter((_, at) => verdicts[at])
  }
}
