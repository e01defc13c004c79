import type { Client, Hex } from 'viem'
import { datanetsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import type { SubmitAuthorization } from '../utils/typedData.ts'
import { type EnteredSubmission, enteredOf } from './internal/submissions.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type SubmitForParameters = WriteParameters & {
  /** From `signSubmission`. */
  authorization: SubmitAuthorization
  signature: Hex
  /** What the Datanet's gate asks for. */
  admission?: Hex | undefined
}

export type SubmitForReturnType = WriteReturnType & EnteredSubmission

export async function prepareSubmitFor(
  client: Client,
  {
    admission = '0x',
    authorization,
    deployment,
    signature,
  }: Omit<SubmitForParameters, keyof WriteParameters> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  const { contributor, count, datanetId, deadline, formats, manifests, nonce, root, totalBytes } = authorization
  return toCall({
    address: contracts.Datanets.address,
    abi: datanetsAbi,
    functionName: 'submitFor',
    args: [contributor, datanetId, root, count, totalBytes, formats, manifests, admission, nonce, deadline, signature],
  })
}

export async function simulateSubmitFor(
  client: Client,
  parameters: SubmitForParameters,
): Promise<{ lotId: bigint; first: number }> {
  const [lotId, first] = await simulate(client, await prepareSubmitFor(client, parameters), parameters)
  return { lotId, first: Number(first) }
}

/**
 * Enters a submission for the contributor who signed it. The caller pays the gas and learns nothing of the files: the
 * contributor publishes them afterwards with `publishSubmission`.
 *
 * @throws {DatanetsInvalidSignatureError} when the signature is not of the contributor for this chain and contract.
 * @throws {DatanetsNonceUsedError} when it was used before.
 * @throws {DatanetsSignatureExpiredError} after its deadline.
 */
export async function submitFor(client: Client, parameters: SubmitForParameters): Promise<SubmitForReturnType> {
  const call = await prepareSubmitFor(client, parameters)
  const result = await send(client, call, parameters, 'submitFor')
  const event = eventIn(result.receipt, { abi: datanetsAbi, address: call.to, eventName: 'Submitted' })
  return { ...enteredOf(event), ...result }
}
