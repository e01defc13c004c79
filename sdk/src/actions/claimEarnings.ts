import type { Address, Client } from 'viem'
import { validatorsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type ClaimEarningsParameters = WriteParameters & { validatorId: bigint }

/** Amounts in wei of OPEN. */
export type ClaimEarningsReturnType = WriteReturnType & {
  validatorId: bigint
  payout: Address
  lotFees: bigint
  stakerFees: bigint
}

export async function prepareClaimEarnings(
  client: Client,
  { deployment, validatorId }: Pick<ClaimEarningsParameters, 'validatorId'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.Validators.address,
    abi: validatorsAbi,
    functionName: 'claimEarnings',
    args: [validatorId],
  })
}

/** Checks a claim without sending it. Returns the wei it would send. */
export async function simulateClaimEarnings(
  client: Client,
  parameters: ClaimEarningsParameters,
): Promise<{ lotFees: bigint; stakerFees: bigint }> {
  const [lotFees, stakerFees] = await simulate(client, await prepareClaimEarnings(client, parameters), parameters)
  return { lotFees, stakerFees }
}

/** Sends a validator's lot fees and staker fees to its account's payout address. Anyone can. */
export async function claimEarnings(
  client: Client,
  parameters: ClaimEarningsParameters,
): Promise<ClaimEarningsReturnType> {
  const call = await prepareClaimEarnings(client, parameters)
  const result = await send(client, call, parameters, 'claimEarnings')
  const { args } = eventIn(result.receipt, { abi: validatorsAbi, address: call.to, eventName: 'EarningsClaimed' })
  return { ...args, ...result }
}
