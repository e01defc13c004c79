import type { Client, Hex } from 'viem'
import { modelFactoryAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import type { RunResult } from '../types/run.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type AnchorRunParameters = WriteParameters & {
  runId: Hex
  result: RunResult
}

export type AnchorRunReturnType = WriteReturnType & { runId: Hex; resultHash: Hex }

export async function prepareAnchorRun(
  client: Client,
  { deployment, result, runId }: Pick<AnchorRunParameters, 'runId' | 'result'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.ModelFactory.address,
    abi: modelFactoryAbi,
    functionName: 'anchorRun',
    args: [runId, result],
  })
}

/** Checks the call without sending it. */
export async function simulateAnchorRun(client: Client, parameters: AnchorRunParameters): Promise<void> {
  await simulate(client, await prepareAnchorRun(client, parameters), parameters)
}

/**
 * Anchors the result of the caller's run, in a later block than it was opened in.
 *
 * @throws {ModelFactoryNotOwnerError} when another than the owner calls.
 * @throws {ModelFactoryResultRefusedError} when this result was refused before.
 */
export async function anchorRun(client: Client, parameters: AnchorRunParameters): Promise<AnchorRunReturnType> {
  const call = await prepareAnchorRun(client, parameters)
  const result = await send(client, call, parameters, 'anchorRun')
  const { args } = eventIn(result.receipt, { abi: modelFactoryAbi, address: call.to, eventName: 'RunAnchored' })
  return { runId: args.runId, resultHash: args.resultHash, ...result }
}
