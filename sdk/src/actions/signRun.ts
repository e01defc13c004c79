import type { Account, Address, Client, Hex } from 'viem'
import { parseAccount } from 'viem/accounts'
import { signTypedData } from 'viem/actions'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { AccountRequiredError } from '../errors/chain.ts'
import type { Voucher } from '../types/run.ts'
import { type CompactSignature, toCompactSignature } from '../utils/signature.ts'
import { runAttestationTypedData, runRefusalTypedData, voucherTypedData } from '../utils/typedData.ts'

type Signing = DeploymentParameter & {
  /** The registered signing key, or the payer; the client's account by default. */
  account?: Account | Address | undefined
}

export type SignRunAttestationParameters = Signing & { runId: Hex; resultHash: Hex }

/** Signs a validator's attestation of a run's result. */
export async function signRunAttestation(
  client: Client,
  { runId, resultHash, ...options }: SignRunAttestationParameters,
): Promise<CompactSignature> {
  const { account, domain } = await signingOf(client, options, 'signRunAttestation')
  const typedData = runAttestationTypedData({ ...domain, runId, resultHash })
  return toCompactSignature(await signTypedData(client, { account, ...typedData }))
}

export type SignRunRefusalParameters = SignRunAttestationParameters & {
  /** sha-256 digest in the CID of the reasons. */
  report: Hex
}

/** Signs a validator's refusal of a run's result. */
export async function signRunRefusal(
  client: Client,
  { report, resultHash, runId, ...options }: SignRunRefusalParameters,
): Promise<CompactSignature & { report: Hex }> {
  const { account, domain } = await signingOf(client, options, 'signRunRefusal')
  const typedData = runRefusalTypedData({ ...domain, runId, resultHash, report })
  return { report, ...toCompactSignature(await signTypedData(client, { account, ...typedData })) }
}

export type SignVoucherParameters = Signing & Omit<Voucher, 'payer'> & { payer?: Address | undefined }

/** Signs what the payer owes for a run so far. Each voucher replaces all before it. */
export async function signVoucher(
  client: Client,
  { deadline, payer, runId, total, ...options }: SignVoucherParameters,
): Promise<{ voucher: Voucher; signature: Hex }> {
  const { account, domain } = await signingOf(client, options, 'signVoucher')
  const voucher = { runId, payer: payer ?? account.address, total, deadline }
  return {
    voucher,
    signature: await signTypedData(client, { account, ...voucherTypedData({ ...domain, ...voucher }) }),
  }
}

async function signingOf(client: Client, { account = client.account, deployment }: Signing, action: string) {
  if (!account) throw new AccountRequiredError({ action })
  const { chainId, contracts } = await resolveDeployment(client, deployment)
  return { account: parseAccount(account), domain: { chainId, verifyingContract: contracts.ModelFactory.address } }
}
