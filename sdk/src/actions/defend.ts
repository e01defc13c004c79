import type { Client } from 'viem'
import { appealsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { type ApprovalParameters, withAllowance } from './internal/allowance.ts'
import { bondOf } from './internal/bond.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type DefendParameters = WriteParameters &
  ApprovalParameters & {
    lotId: bigint
    objection: number
  }

export type DefendReturnType = WriteReturnType & { lotId: bigint; objection: number; bond: bigint }

export async function prepareDefend(
  client: Client,
  { deployment, lotId, objection }: Pick<DefendParameters, 'lotId' | 'objection'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.Appeals.address,
    abi: appealsAbi,
    functionName: 'defend',
    args: [lotId, BigInt(objection)],
  })
}

/** Checks the call without sending it; the allowance must be there. */
export async function simulateDefend(client: Client, parameters: DefendParameters): Promise<void> {
  await simulate(client, await prepareDefend(client, parameters), parameters)
}

/**
 * Puts the same bond on the first result of one objection's items. Possible until the committee is drawn.
 */
export async function defend(client: Client, parameters: DefendParameters): Promise<DefendReturnType> {
  const deployment = await resolveDeployment(client, parameters.deployment)
  const call = await prepareDefend(client, { ...parameters, deployment })
  const amount = await bondOf(client, { ...parameters, deployment })
  const allowed = await withAllowance(client, deployment, call, { spender: 'Appeals', amount }, parameters)
  const result = await send(client, allowed, parameters, 'defend')
  const { args } = eventIn(result.receipt, { abi: appealsAbi, address: call.to, eventName: 'Defended' })
  return { lotId: args.lot, objection: Number(args.objection), bond: args.bond, ...result }
}
