import type { Account, Address, Client } from 'viem'
import { parseAccount } from 'viem/accounts'
import { signTypedData } from 'viem/actions'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { AccountRequiredError } from '../errors/chain.ts'
import { InvalidVotesError } from '../errors/submission.ts'
import type { Attestation, Lot, Votes } from '../types/protocol.ts'
import { itemsMask } from '../utils/bitmaps.ts'
import { toCompactSignature } from '../utils/signature.ts'
import { lotAttestationTypedData } from '../utils/typedData.ts'

export type SignAttestationParameters = DeploymentParameter &
  Votes & {
    /** The lot voted on: its `lot` of `getLot`, or its digest and number of items. */
    lot: Pick<Lot, 'digest' | 'itemCount'>
    /** The registered signing key; the client's account by default. */
    account?: Account | Address | undefined
  }

export type SignAttestationReturnType = Attestation

/**
 * Signs a validator's votes on a lot.
 *
 * Warning: two different signatures for one lot are a fault that costs the stake. Write down what is signed before.
 *
 * @throws {InvalidVotesError} when an item is both accepted and rejected, or not of the lot.
 */
export async function signAttestation(
  client: Client,
  { account = client.account, accepted, deployment, lot, rejected, report }: SignAttestationParameters,
): Promise<SignAttestationReturnType> {
  if (!account) throw new AccountRequiredError({ action: 'signAttestation' })
  if ((accepted & rejected) !== 0n) throw new InvalidVotesError({ reason: 'items are both accepted and rejected' })
  if (((accepted | rejected) & ~itemsMask(lot.itemCount)) !== 0n)
    throw new InvalidVotesError({ reason: `the lot has only ${lot.itemCount} items` })
  const { chainId, contracts } = await resolveDeployment(client, deployment)
  const signature = await signTypedData(client, {
    account: parseAccount(account),
    ...lotAttestationTypedData({
      chainId,
      verifyingContract: contracts.Datanets.address,
      digest: lot.digest,
      accepted,
      rejected,
      report,
    }),
  })
  return { accepted, rejected, report, ...toCompactSignature(signature) }
}
