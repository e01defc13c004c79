import type { Address, Client } from 'viem'
import { appealsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { NothingToClaimError } from '../errors/submission.ts'
import { eventsIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type ClaimBondsParameters = WriteParameters & {
  beneficiary: Address
}

export type ClaimBondsReturnType = WriteReturnType & { beneficiary: Address; payout: Address; amount: bigint }

export async function prepareClaimBonds(
  client: Client,
  { beneficiary, deployment }: Pick<ClaimBondsParameters, 'beneficiary'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.Appeals.address,
    abi: appealsAbi,
    functionName: 'claimBonds',
    args: [beneficiary],
  })
}

/** Checks the call without sending it. Returns the wei it would send. */
export async function simulateClaimBonds(client: Client, parameters: ClaimBondsParameters): Promise<bigint> {
  return simulate(client, await prepareClaimBonds(client, parameters), parameters)
}

/**
 * Sends the bonds owed to an account to its payout address. Anyone can.
 */
export async function claimBonds(client: Client, parameters: ClaimBondsParameters): Promise<ClaimBondsReturnType> {
  const call = await prepareClaimBonds(client, parameters)
  const result = await send(client, call, parameters, 'claimBonds')
  const source = { abi: appealsAbi, address: call.to } as const
  const [claimed] = eventsIn(result.receipt, { ...source, eventName: 'BondsClaimed' })
  if (!claimed) throw new NothingToClaimError({ account: parameters.beneficiary })
  return { beneficiary: parameters.beneficiary, payout: claimed.args.payout, amount: claimed.args.amount, ...result }
}
