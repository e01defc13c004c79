import type { Address, Client } from 'viem'
import { modelFactoryAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { NothingToClaimError } from '../errors/submission.ts'
import { eventsIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type ClaimFeesParameters = WriteParameters & {
  /** Owner of runs, or the platform. */
  beneficiary: Address
}

export type ClaimFeesReturnType = WriteReturnType & { beneficiary: Address; payout: Address; amount: bigint }

export async function prepareClaimFees(
  client: Client,
  { beneficiary, deployment }: Pick<ClaimFeesParameters, 'beneficiary'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.ModelFactory.address,
    abi: modelFactoryAbi,
    functionName: 'claimFees',
    args: [beneficiary],
  })
}

/** Checks the call without sending it. Returns the wei it would send. */
export async function simulateClaimFees(client: Client, parameters: ClaimFeesParameters): Promise<bigint> {
  return simulate(client, await prepareClaimFees(client, parameters), parameters)
}

/**
 * Sends the owner's or platform's parts that an account collected, to its payout address. Anyone can.
 */
export async function claimFees(client: Client, parameters: ClaimFeesParameters): Promise<ClaimFeesReturnType> {
  const call = await prepareClaimFees(client, parameters)
  const result = await send(client, call, parameters, 'claimFees')
  const source = { abi: modelFactoryAbi, address: call.to } as const
  const [claimed] = eventsIn(result.receipt, { ...source, eventName: 'FeesClaimed' })
  if (!claimed) throw new NothingToClaimError({ account: parameters.beneficiary })
  return { beneficiary: parameters.beneficiary, payout: claimed.args.payout, amount: claimed.args.amount, ...result }
}
