import type { Client } from 'viem'
import { validatorsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type WithdrawParameters = WriteParameters

/** `amount` is the wei of OPEN paid out. */
export type WithdrawReturnType = WriteReturnType & { validatorId: bigint; units: bigint; amount: bigint }

export async function prepareWithdraw(client: Client, { deployment }: DeploymentParameter = {}) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({ address: contracts.Validators.address, abi: validatorsAbi, functionName: 'withdraw', args: [] })
}

/** Checks a withdrawal without sending it. Returns the wei it would pay. */
export async function simulateWithdraw(client: Client, parameters: WithdrawParameters = {}): Promise<bigint> {
  return simulate(client, await prepareWithdraw(client, parameters), parameters)
}

/**
 * Pays out the caller's unbonded units.
 *
 * @throws {ValidatorsStillUnbondingError} before their delay is over.
 */
export async function withdraw(client: Client, parameters: WithdrawParameters = {}): Promise<WithdrawReturnType> {
  const call = await prepareWithdraw(client, parameters)
  const result = await send(client, call, parameters, 'withdraw')
  const { args } = eventIn(result.receipt, { abi: validatorsAbi, address: call.to, eventName: 'Withdrawn' })
  return { ...args, ...result }
}
