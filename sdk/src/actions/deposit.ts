import type { Address, Client } from 'viem'
import { modelFactoryAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { type ApprovalParameters, withAllowance } from './internal/allowance.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type DepositParameters = WriteParameters &
  ApprovalParameters & {
    payer: Address
    /** Wei of OPEN. */
    amount: bigint
  }

export type DepositReturnType = WriteReturnType & { payer: Address; amount: bigint }

export async function prepareDeposit(
  client: Client,
  { amount, deployment, payer }: Pick<DepositParameters, 'payer' | 'amount'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.ModelFactory.address,
    abi: modelFactoryAbi,
    functionName: 'deposit',
    args: [payer, amount],
  })
}

/** Checks the call without sending it; the allowance must be there. */
export async function simulateDeposit(client: Client, parameters: DepositParameters): Promise<void> {
  await simulate(client, await prepareDeposit(client, parameters), parameters)
}

/**
 * Puts OPEN of the caller down for the vouchers of a payer.
 */
export async function deposit(client: Client, parameters: DepositParameters): Promise<DepositReturnType> {
  const deployment = await resolveDeployment(client, parameters.deployment)
  const call = await prepareDeposit(client, { ...parameters, deployment })
  const amount = parameters.amount
  const allowed = await withAllowance(client, deployment, call, { spender: 'ModelFactory', amount }, parameters)
  const result = await send(client, allowed, parameters, 'deposit')
  const { args } = eventIn(result.receipt, { abi: modelFactoryAbi, address: call.to, eventName: 'Deposited' })
  return { payer: args.payer, amount: args.amount, ...result }
}
