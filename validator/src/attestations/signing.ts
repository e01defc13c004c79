import { fromCompactSignature, toCompactSignature } from '@datanets/sdk/utils'
import { isAddressEqual, type LocalAccount } from 'viem'
import { SignerMismatchError } from '../errors/keys.ts'
import type { Journal } from '../journal/journal.ts'
import {
  type Place,
  type SignedVotes,
  signerOf,
  typedDataOf,
  type Votes,
  votesOfText,
  votesText,
} from './attestation.ts'

interface Modules {
  journal: Journal
  signer: LocalAccount
}

/** The lot to sign for. */
export interface Subject {
  digest: `0x${string}`
  /** Text form of the lot, for people. */
  label: string
  validatorId: number
}

/**
 * The only way to a signature: the journal has the votes on disk before the key is used, and what it has is what is signed.
 */
export class AttestationSigner {
  readonly #place: Place
  readonly #modules: Modules

  constructor(place: Place, modules: Modules) {
    this.#place = place
    this.#modules = modules
  }

  /** The votes recorded for a lot, undefined when none are. */
  recorded(digest: `0x${string}`): Votes | undefined {
    const statement = this.#modules.journal.find(this.#statementAt(digest))
    return statement && votesOfText(statement.content)
  }

  /**
   * Records `votes` and signs them.
   * @throws JournalConflictError when other votes are recorded for the lot: then nothing is signed.
   */
  async sign({ digest, label, validatorId }: Subject, votes: Votes): Promise<SignedVotes> {
    const { journal, signer } = this.#modules
    const at = this.#statementAt(digest)
    const statement = journal.record({ ...at, label, content: votesText(votes) })
    const signature = statement.signature ?? (await signer.signTypedData(typedDataOf(this.#place, digest, votes)))
    const signed = { digest, validatorId, ...votes, ...toCompactSignature(signature) }
    const recovered = await signerOf(this.#place, digest, signed)
    if (!recovered || !isAddressEqual(recovered, signer.address)) {
      throw new SignerMismatchError(signer.address, recovered ?? 'nobody')
    }
    journal.saveSignature(at, signature)
    return signed
  }

  /** Records an attestation of this key that came back from the chain or from peers: from now on it is the only one. */
  adopt({ digest, label, validatorId: _, r, vs, ...votes }: SignedVotes & { label: string }): void {
    const at = this.#statementAt(digest)
    this.#modules.journal.record({ ...at, label, content: votesText(votes) })
    this.#modules.journal.saveSignature(at, fromCompactSignature({ r, vs }))
  }

  #statementAt(digest: `0x${string}`) {
    const { chainId, contract } = this.#place
    return { chainId, contract, kind: 'lot' as const, subject: digest }
  }
}
