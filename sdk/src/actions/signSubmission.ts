import { type Account, type Address, bytesToBigInt, type Client, type Hex } from 'viem'
import { parseAccount } from 'viem/accounts'
import { signTypedData } from 'viem/actions'
import { AccountRequiredError } from '../errors/chain.ts'
import type { PackedSubmission } from '../utils/submission.ts'
import { type SubmitAuthorization, submitTypedData } from '../utils/typedData.ts'

export type SignSubmissionParameters = {
  submission: PackedSubmission
  /** The contributor; the client's account by default. A contract's signature is checked by ERC-1271. */
  account?: Account | Address | undefined
  /** Seconds since 1970 after which the signature is void. */
  deadline: bigint | number
  /** Any number not used before; random by default. */
  nonce?: bigint | undefined
}

/** What a relayer needs to enter the submission. */
export type SignSubmissionReturnType = { authorization: SubmitAuthorization; signature: Hex }

/** Signs a submission so that another account can enter it and pay the gas. The files stay with the contributor. */
export async function signSubmission(
  client: Client,
  { account = client.account, deadline, nonce = randomNonce(), submission }: SignSubmissionParameters,
): Promise<SignSubmissionReturnType> {
  if (!account) throw new AccountRequiredError({ action: 'signSubmission' })
  const { chainId, contracts, contributor, count, datanetId, formats, manifests, root, totalBytes } = submission
  const authorization = {
    contributor,
    datanetId,
    root,
    count: BigInt(count),
    totalBytes: BigInt(totalBytes),
    formats: BigInt(formats),
    manifests,
    nonce,
    deadline: BigInt(deadline),
  }
  const signature = await signTypedData(client, {
    account: parseAccount(account),
    ...submitTypedData({ chainId, verifyingContract: contracts, ...authorization }),
  })
  return { authorization, signature }
}

function randomNonce(): bigint {
  return bytesToBigInt(crypto.getRandomValues(new Uint8Array(16)))
}
