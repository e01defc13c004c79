import type { Address, Client, Hex } from 'viem'
import { modelFactoryAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { type ApprovalParameters, withAllowance } from './internal/allowance.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type PayFeeParameters = WriteParameters &
  ApprovalParameters & {
    runId: Hex
    /** Wei of OPEN. */
    amount: bigint
  }

/** Amounts in wei of OPEN. */
export type PayFeeReturnType = WriteReturnType & {
  runId: Hex
  payer: Address
  amount: bigint
  toPlatform: bigint
  toOwner: bigint
  toStakers: bigint
  toContributors: bigint
  toParent: bigint
}

export async function preparePayFee(
  client: Client,
  { amount, deployment, runId }: Pick<PayFeeParameters, 'runId' | 'amount'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.ModelFactory.address,
    abi: modelFactoryAbi,
    functionName: 'payFee',
    args: [runId, amount],
  })
}

/** Checks the call without sending it; the allowance must be there. */
export async function simulatePayFee(client: Client, parameters: PayFeeParameters): Promise<void> {
  await simulate(client, await preparePayFee(client, parameters), parameters)
}

/**
 * Pays for using a final run. The fee is split at once; contributors claim their part by proof.
 */
export async function payFee(client: Client, parameters: PayFeeParameters): Promise<PayFeeReturnType> {
  const deployment = await resolveDeployment(client, parameters.deployment)
  const call = await preparePayFee(client, { ...parameters, deployment })
  const amount = parameters.amount
  const allowed = await withAllowance(client, deployment, call, { spender: 'ModelFactory', amount }, parameters)
  const result = await send(client, allowed, parameters, 'payFee')
  const { args } = eventIn(result.receipt, { abi: modelFactoryAbi, address: call.to, eventName: 'FeePaid' })
  return { ...args, ...result }
}
