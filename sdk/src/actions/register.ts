import type { Address, Client, Hex, LocalAccount } from 'viem'
import { validatorsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import type { Deployment } from '../types/deployment.ts'
import { signingKeyTypedData } from '../utils/typedData.ts'
import { type ApprovalParameters, approve } from './internal/allowance.ts'
import { unitOf } from './internal/units.ts'
import {
  accountOf,
  eventIn,
  send,
  simulate,
  toCall,
  type WriteParameters,
  type WriteReturnType,
} from './internal/write.ts'

/** A key that signs attestations: the key itself, or its address with its signature of {@link signingKeyTypedData}. */
export type SigningKey = LocalAccount | { address: Address; proof: Hex }

export type RegisterParameters = WriteParameters &
  ApprovalParameters & {
    /** Must differ from every account and key registered, now or before. */
    signingKey: SigningKey
    /** Units to stake, at least one. */
    units: bigint | number
  }

export type RegisterReturnType = WriteReturnType & { validatorId: bigint; account: Address; signingKey: Address }

/** The key's consent to serve `account`. */
export async function signSigningKey(
  { chainId, contracts }: Deployment,
  { account, signingKey }: { account: Address; signingKey: SigningKey },
): Promise<Hex> {
  if ('proof' in signingKey) return signingKey.proof
  const verifyingContract = contracts.Validators.address
  return signingKey.signTypedData(signingKeyTypedData({ chainId, verifyingContract, account }))
}

export async function prepareRegister(
  client: Client,
  {
    account,
    deployment,
    signingKey,
    units,
  }: DeploymentParameter & { account: Address; signingKey: SigningKey; units: bigint | number },
) {
  const resolved = await resolveDeployment(client, deployment)
  const proof = await signSigningKey(resolved, { account, signingKey })
  return toCall({
    address: resolved.contracts.Validators.address,
    abi: validatorsAbi,
    functionName: 'register',
    args: [signingKey.address, proof, BigInt(units)],
  })
}

/** Checks a registration without sending it. Fails where the allowance is still missing. */
export async function simulateRegister(client: Client, parameters: RegisterParameters): Promise<bigint> {
  const account = accountOf(client, parameters, 'register').address
  return simulate(client, await prepareRegister(client, { ...parameters, account }), parameters)
}

/**
 * Registers the caller as a validator and stakes. Where the allowance is missing it is given by a transaction before.
 *
 * @throws {ValidatorsAddressTakenError} when account or key belong to a validator already.
 * @throws {ERC20InsufficientBalanceError} when the caller has less OPEN than the units cost.
 */
export async function register(client: Client, parameters: RegisterParameters): Promise<RegisterReturnType> {
  const deployment = await resolveDeployment(client, parameters.deployment)
  const account = accountOf(client, parameters, 'register').address
  const amount = BigInt(parameters.units) * (await unitOf(client, deployment))
  await approve(client, deployment, { spender: 'Validators', amount }, parameters)
  const call = await prepareRegister(client, { ...parameters, account, deployment })
  const result = await send(client, call, parameters, 'register')
  const { args } = eventIn(result.receipt, { abi: validatorsAbi, address: call.to, eventName: 'ValidatorRegistered' })
  return { ...args, ...result }
}
