import type { Address, Client } from 'viem'
import { modelFactoryAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type WithdrawDepositParameters = WriteParameters

export type WithdrawDepositReturnType = WriteReturnType & { payer: Address; amount: bigint }

export async function prepareWithdrawDeposit(client: Client, { deployment }: DeploymentParameter = {}) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.ModelFactory.address,
    abi: modelFactoryAbi,
    functionName: 'withdraw',
    args: [],
  })
}

/** Checks the call without sending it. Returns the wei it would send. */
export async function simulateWithdrawDeposit(
  client: Client,
  parameters: WithdrawDepositParameters = {},
): Promise<bigint> {
  return simulate(client, await prepareWithdrawDeposit(client, parameters), parameters)
}

/**
 * Withdraws what was announced, or what vouchers left of it, to the caller.
 */
export async function withdrawDeposit(
  client: Client,
  parameters: WithdrawDepositParameters = {},
): Promise<WithdrawDepositReturnType> {
  const call = await prepareWithdrawDeposit(client, parameters)
  const result = await send(client, call, parameters, 'withdrawDeposit')
  const { args } = eventIn(result.receipt, { abi: modelFactoryAbi, address: call.to, eventName: 'DepositWithdrawn' })
  return { payer: args.payer, amount: args.amount, ...result }
}
