import type { Address, Client } from 'viem'
import { validatorsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import {
  accountOf,
  eventIn,
  send,
  simulate,
  toCall,
  type WriteParameters,
  type WriteReturnType,
} from './internal/write.ts'
import { type SigningKey, signSigningKey } from './register.ts'

export type SetSigningKeyParameters = WriteParameters & { signingKey: SigningKey }

export type SetSigningKeyReturnType = WriteReturnType & { validatorId: bigint; signingKey: Address }

export async function prepareSetSigningKey(
  client: Client,
  { account, deployment, signingKey }: DeploymentParameter & { account: Address; signingKey: SigningKey },
) {
  const resolved = await resolveDeployment(client, deployment)
  const proof = await signSigningKey(resolved, { account, signingKey })
  return toCall({
    address: resolved.contracts.Validators.address,
    abi: validatorsAbi,
    functionName: 'setSigningKey',
    args: [signingKey.address, proof],
  })
}

export async function simulateSetSigningKey(client: Client, parameters: SetSigningKeyParameters): Promise<void> {
  const account = accountOf(client, parameters, 'setSigningKey').address
  await simulate(client, await prepareSetSigningKey(client, { ...parameters, account }), parameters)
}

/** Replaces the caller's signing key. Faults signed by the old one stay provable. */
export async function setSigningKey(
  client: Client,
  parameters: SetSigningKeyParameters,
): Promise<SetSigningKeyReturnType> {
  const account = accountOf(client, parameters, 'setSigningKey').address
  const call = await prepareSetSigningKey(client, { ...parameters, account })
  const result = await send(client, call, parameters, 'setSigningKey')
  const { args } = eventIn(result.receipt, { abi: validatorsAbi, address: call.to, eventName: 'SigningKeyChanged' })
  return { ...args, ...result }
}
