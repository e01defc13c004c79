import type { Address, Client } from 'viem'
import { datanetsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { type ApprovalParameters, withAllowance } from './internal/allowance.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type FundParameters = WriteParameters &
  ApprovalParameters & {
    datanetId: bigint
    /** Wei of OPEN. */
    amount: bigint
  }

export type FundReturnType = WriteReturnType & { datanetId: bigint; amount: bigint; funder: Address }

export async function prepareFund(
  client: Client,
  { amount, datanetId, deployment }: Pick<FundParameters, 'datanetId' | 'amount'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.Datanets.address,
    abi: datanetsAbi,
    functionName: 'fund',
    args: [datanetId, amount],
  })
}

/** Checks a funding without sending it. Fails where the allowance is still missing. */
export async function simulateFund(client: Client, parameters: FundParameters): Promise<void> {
  await simulate(client, await prepareFund(client, parameters), parameters)
}

/**
 * Adds OPEN of the caller to a Datanet's budget, which only ever leaves as rewards and fees. Where the allowance is
 * missing it is given by a permit in the same transaction, or by one before it.
 *
 * @throws {DatanetsUnknownDatanetError} when no Datanet has this id.
 * @throws {ERC20InsufficientBalanceError} when the caller has less.
 */
export async function fund(client: Client, parameters: FundParameters): Promise<FundReturnType> {
  const { amount } = parameters
  const deployment = await resolveDeployment(client, parameters.deployment)
  const call = await prepareFund(client, { ...parameters, deployment })
  const allowed = await withAllowance(client, deployment, call, { spender: 'Datanets', amount }, parameters)
  const result = await send(client, allowed, parameters, 'fund')
  const { args } = eventIn(result.receipt, { abi: datanetsAbi, address: call.to, eventName: 'Funded' })
  return { ...args, ...result }
}
