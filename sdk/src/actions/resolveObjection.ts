import type { Client } from 'viem'
import { appealsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type ResolveObjectionParameters = WriteParameters & {
  lotId: bigint
  objection: number
}

/** Amounts in wei of OPEN. */
export type ResolveObjectionReturnType = WriteReturnType & {
  lotId: bigint
  won: boolean
  toAppellant: bigint
  toDefender: bigint
  perMember: bigint
}

export async function prepareResolveObjection(
  client: Client,
  { deployment, lotId, objection }: Pick<ResolveObjectionParameters, 'lotId' | 'objection'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.Appeals.address,
    abi: appealsAbi,
    functionName: 'resolve',
    args: [lotId, BigInt(objection)],
  })
}

/** Checks the call without sending it. */
export async function simulateResolveObjection(client: Client, parameters: ResolveObjectionParameters): Promise<void> {
  await simulate(client, await prepareResolveObjection(client, parameters), parameters)
}

/**
 * Gives out the bonds of one objection of an ended appeal. Anyone can.
 */
export async function resolveObjection(
  client: Client,
  parameters: ResolveObjectionParameters,
): Promise<ResolveObjectionReturnType> {
  const call = await prepareResolveObjection(client, parameters)
  const result = await send(client, call, parameters, 'resolveObjection')
  const { args } = eventIn(result.receipt, { abi: appealsAbi, address: call.to, eventName: 'ObjectionResolved' })
  return {
    lotId: args.lot,
    won: args.won,
    toAppellant: args.toAppellant,
    toDefender: args.toDefender,
    perMember: args.perMember,
    ...result,
  }
}
