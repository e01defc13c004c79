import type { Client } from 'viem'
import { validatorsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { type ApprovalParameters, approve } from './internal/allowance.ts'
import { unitOf } from './internal/units.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type StakeParameters = WriteParameters & ApprovalParameters & { units: bigint | number }

/** `amount` is the wei of OPEN staked. */
export type StakeReturnType = WriteReturnType & { validatorId: bigint; units: bigint; amount: bigint }

export async function prepareStake(
  client: Client,
  { deployment, units }: Pick<StakeParameters, 'units'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.Validators.address,
    abi: validatorsAbi,
    functionName: 'stake',
    args: [BigInt(units)],
  })
}

/** Checks a staking without sending it. Fails where the allowance is still missing. */
export async function simulateStake(client: Client, parameters: StakeParameters): Promise<void> {
  await simulate(client, await prepareStake(client, parameters), parameters)
}

/** Stakes more units of the caller's validator. */
export async function stake(client: Client, parameters: StakeParameters): Promise<StakeReturnType> {
  const deployment = await resolveDeployment(client, parameters.deployment)
  const amount = BigInt(parameters.units) * (await unitOf(client, deployment))
  await approve(client, deployment, { spender: 'Validators', amount }, parameters)
  const call = await prepareStake(client, { ...parameters, deployment })
  const result = await send(client, call, parameters, 'stake')
  const { args } = eventIn(result.receipt, { abi: validatorsAbi, address: call.to, eventName: 'Staked' })
  return { ...args, ...result }
}
