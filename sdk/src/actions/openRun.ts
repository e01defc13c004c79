import type { Address, Client, Hex } from 'viem'
import { modelFactoryAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { type RunSpecInput, toRunSpec } from '../utils/run.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type OpenRunParameters = WriteParameters & {
  spec: RunSpecInput
}

export type OpenRunReturnType = WriteReturnType & { runId: Hex; owner: Address }

export async function prepareOpenRun(
  client: Client,
  { deployment, spec }: Pick<OpenRunParameters, 'spec'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.ModelFactory.address,
    abi: modelFactoryAbi,
    functionName: 'openRun',
    args: [toRunSpec(spec)],
  })
}

/** Checks the call without sending it. Returns the id it would have. */
export async function simulateOpenRun(client: Client, parameters: OpenRunParameters): Promise<Hex> {
  return simulate(client, await prepareOpenRun(client, parameters), parameters)
}

/**
 * Opens a run of the caller. To be called before training starts: only what is opened first can be anchored.
 *
 * @throws {ModelFactoryRunExistsError} when the same owner opened the same specification before.
 * @throws {ModelFactoryOutOfBoundsError} when a figure lies outside its bounds.
 */
export async function openRun(client: Client, parameters: OpenRunParameters): Promise<OpenRunReturnType> {
  const call = await prepareOpenRun(client, parameters)
  const result = await send(client, call, parameters, 'openRun')
  const { args } = eventIn(result.receipt, { abi: modelFactoryAbi, address: call.to, eventName: 'RunOpened' })
  return { runId: args.runId, owner: args.owner, ...result }
}
