import type { Client, Hex } from 'viem'
import { modelFactoryAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import type { CompactSignature } from '../utils/signature.ts'
import { eventsIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type RefuseRunParameters = WriteParameters & {
  runId: Hex
  refusals: readonly (CompactSignature & { report: Hex })[]
}

export type RefuseRunReturnType = WriteReturnType & {
  runId: Hex
  /** Whose votes were new. */
  validatorIds: bigint[]
  rejected: boolean
}

export async function prepareRefuseRun(
  client: Client,
  { deployment, refusals, runId }: Pick<RefuseRunParameters, 'runId' | 'refusals'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.ModelFactory.address,
    abi: modelFactoryAbi,
    functionName: 'refuseRun',
    args: [runId, refusals],
  })
}

/** Checks the call without sending it. */
export async function simulateRefuseRun(client: Client, parameters: RefuseRunParameters): Promise<void> {
  await simulate(client, await prepareRefuseRun(client, parameters), parameters)
}

/**
 * Counts refusals of a run's present result. Possible until it is final.
 */
export async function refuseRun(client: Client, parameters: RefuseRunParameters): Promise<RefuseRunReturnType> {
  const call = await prepareRefuseRun(client, parameters)
  const result = await send(client, call, parameters, 'refuseRun')
  const source = { abi: modelFactoryAbi, address: call.to } as const
  const refused = eventsIn(result.receipt, { ...source, eventName: 'RunRefused' })
  const rejected = eventsIn(result.receipt, { ...source, eventName: 'RunRejected' }).length > 0
  return { runId: parameters.runId, validatorIds: refused.map(({ args }) => args.validatorId), rejected, ...result }
}
