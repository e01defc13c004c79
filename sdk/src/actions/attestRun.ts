import type { Client, Hex } from 'viem'
import { modelFactoryAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import type { CompactSignature } from '../utils/signature.ts'
import { eventsIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type AttestRunParameters = WriteParameters & {
  runId: Hex
  attestations: readonly CompactSignature[]
}

export type AttestRunReturnType = WriteReturnType & {
  runId: Hex
  /** Whose votes were new. */
  validatorIds: bigint[]
  /** When the run becomes final, in seconds; null while the quorum is not reached by this call. */
  finalAfter: number | null
}

export async function prepareAttestRun(
  client: Client,
  { attestations, deployment, runId }: Pick<AttestRunParameters, 'runId' | 'attestations'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.ModelFactory.address,
    abi: modelFactoryAbi,
    functionName: 'attestRun',
    args: [runId, attestations],
  })
}

/** Checks the call without sending it. */
export async function simulateAttestRun(client: Client, parameters: AttestRunParameters): Promise<void> {
  await simulate(client, await prepareAttestRun(client, parameters), parameters)
}

/**
 * Counts attestations of a run's present result. Anyone can send them; votes counted before are passed over.
 */
export async function attestRun(client: Client, parameters: AttestRunParameters): Promise<AttestRunReturnType> {
  const call = await prepareAttestRun(client, parameters)
  const result = await send(client, call, parameters, 'attestRun')
  const source = { abi: modelFactoryAbi, address: call.to } as const
  const attested = eventsIn(result.receipt, { ...source, eventName: 'RunAttested' })
  const [quorum] = eventsIn(result.receipt, { ...source, eventName: 'RunQuorumReached' })
  return {
    runId: parameters.runId,
    validatorIds: attested.map(({ args }) => args.validatorId),
    finalAfter: quorum ? Number(quorum.args.finalAfter) : null,
    ...result,
  }
}
