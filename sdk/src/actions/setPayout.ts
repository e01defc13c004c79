import type { Address, Client } from 'viem'
import { datanetsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type SetPayoutParameters = WriteParameters & {
  /** Where the caller's rewards go from now on; the zero address for the caller itself. */
  payout: Address
}

export type SetPayoutReturnType = WriteReturnType & { account: Address; payout: Address }

export async function prepareSetPayout(
  client: Client,
  { deployment, payout }: Pick<SetPayoutParameters, 'payout'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({ address: contracts.Datanets.address, abi: datanetsAbi, functionName: 'setPayout', args: [payout] })
}

export async function simulateSetPayout(client: Client, parameters: SetPayoutParameters): Promise<void> {
  await simulate(client, await prepareSetPayout(client, parameters), parameters)
}

/** Sets where the caller's rewards go. */
export async function setPayout(client: Client, parameters: SetPayoutParameters): Promise<SetPayoutReturnType> {
  const call = await prepareSetPayout(client, parameters)
  const result = await send(client, call, parameters, 'setPayout')
  const { args } = eventIn(result.receipt, { abi: datanetsAbi, address: call.to, eventName: 'PayoutSet' })
  return { ...args, ...result }
}
