import type { Client } from 'viem'
import { validatorsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type UnstakeParameters = WriteParameters & { units: bigint | number }

/** `unbondsAt` is when the units can be withdrawn, in seconds since 1970. */
export type UnstakeReturnType = WriteReturnType & { validatorId: bigint; units: bigint; unbondsAt: number }

export async function prepareUnstake(
  client: Client,
  { deployment, units }: Pick<UnstakeParameters, 'units'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.Validators.address,
    abi: validatorsAbi,
    functionName: 'unstake',
    args: [BigInt(units)],
  })
}

export async function simulateUnstake(client: Client, parameters: UnstakeParameters): Promise<void> {
  await simulate(client, await prepareUnstake(client, parameters), parameters)
}

/** Gives up the tickets of units and starts their delay. A second call restarts the delay for all. */
export async function unstake(client: Client, parameters: UnstakeParameters): Promise<UnstakeReturnType> {
  const call = await prepareUnstake(client, parameters)
  const result = await send(client, call, parameters, 'unstake')
  const { args } = eventIn(result.receipt, { abi: validatorsAbi, address: call.to, eventName: 'Unstaked' })
  return { ...args, unbondsAt: Number(args.unbondsAt), ...result }
}
