import type { Address, Client } from 'viem'
import { modelFactoryAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type RequestWithdrawalParameters = WriteParameters & {
  /** Wei of OPEN. */
  amount: bigint
}

/** `leavesAt` is when it can be withdrawn, in seconds since 1970. */
export type RequestWithdrawalReturnType = WriteReturnType & { payer: Address; amount: bigint; leavesAt: number }

export async function prepareRequestWithdrawal(
  client: Client,
  { amount, deployment }: Pick<RequestWithdrawalParameters, 'amount'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.ModelFactory.address,
    abi: modelFactoryAbi,
    functionName: 'requestWithdrawal',
    args: [amount],
  })
}

/** Checks the call without sending it. */
export async function simulateRequestWithdrawal(
  client: Client,
  parameters: RequestWithdrawalParameters,
): Promise<void> {
  await simulate(client, await prepareRequestWithdrawal(client, parameters), parameters)
}

/**
 * Announces to withdraw from the caller's deposit. A second call replaces the first; zero cancels.
 */
export async function requestWithdrawal(
  client: Client,
  parameters: RequestWithdrawalParameters,
): Promise<RequestWithdrawalReturnType> {
  const call = await prepareRequestWithdrawal(client, parameters)
  const result = await send(client, call, parameters, 'requestWithdrawal')
  const { args } = eventIn(result.receipt, { abi: modelFactoryAbi, address: call.to, eventName: 'WithdrawalRequested' })
  return { payer: args.payer, amount: args.amount, leavesAt: Number(args.leavesAt), ...result }
}
