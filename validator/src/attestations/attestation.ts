import { fromCompactSignature, lotAttestationTypedData } from '@datanets/sdk/utils'
import { type Address, type Hex, numberToHex, recoverTypedDataAddress } from 'viem'

/** What a validator says about a lot; the part that is signed beside the lot's digest. */
export interface Votes {
  accepted: bigint
  rejected: bigint
  /** sha-256 digest in the CID of the report. */
  report: Hex
}

/** A signed statement about a lot. `r` and `vs` are the compact form of the signature. */
export interface SignedVotes extends Votes {
  digest: Hex
  validatorId: number
  r: Hex
  vs: Hex
}

/** Where signatures are valid. */
export interface Place {
  chainId: number
  contract: Address
}

/** The one text for given votes: what the journal compares. */
export function votesText({ accepted, rejected, report }: Votes): string {
  return JSON.stringify({ accepted: word(accepted), rejected: word(rejected), report: report.toLowerCase() })
}

export function votesOfText(text: string): Votes {
  const { accepted, rejected, report } = JSON.parse(text) as { accepted: Hex; rejected: Hex; report: Hex }
  return { accepted: BigInt(accepted), rejected: BigInt(rejected), report }
}

/** The address whose key signed, or undefined when `r` and `vs` are no signature at all. */
export async function signerOf(
  place: Place,
  digest: Hex,
  { r, vs, ...votes }: Votes & { r: Hex; vs: Hex },
): Promise<Address | undefined> {
  try {
    return await recoverTypedDataAddress({
      ...typedDataOf(place, digest, votes),
      signature: fromCompactSignature({ r, vs }),
    })
  } catch {
    return undefined
  }
}

export function typedDataOf({ chainId, contract }: Place, digest: Hex, { accepted, rejected, report }: Votes) {
  return lotAttestationTypedData({ chainId, verifyingContract: contract, digest, accepted, rejected, report })
}

/** Whether votes are about items the lot has, and about each at most one way. */
export function isWellFormed({ accepted, rejected }: Votes, itemCount: number): boolean {
  return (accepted & rejected) === 0n && (accepted | rejected) >> BigInt(itemCount) === 0n
}

function word(value: bigint): Hex {
  return numberToHex(value, { size: 32 })
}
