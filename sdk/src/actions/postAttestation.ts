import type { Client } from 'viem'
import { datanetsAbi } from '../abis.ts'
import type { DeploymentParameter } from '../addresses.ts'
import type { Attestation } from '../types/protocol.ts'
import { closedLotOf, type LotParameters, readForCall } from './internal/lotCall.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type PostAttestationParameters = WriteParameters &
  LotParameters & {
    /** The seat that signed. */
    seat: number
    attestation: Attestation
  }

export type PostAttestationReturnType = WriteReturnType & { lotId: bigint; validatorId: number }

export async function preparePostAttestation(
  client: Client,
  {
    attestation,
    seat,
    ...parameters
  }: LotParameters & DeploymentParameter & { seat: number; attestation: Attestation },
) {
  const { deployment, state } = await readForCall(client, parameters)
  return toCall({
    address: deployment.contracts.Datanets.address,
    abi: datanetsAbi,
    functionName: 'postAttestation',
    args: [closedLotOf(state, 'postAttestation'), BigInt(seat), attestation],
  })
}

export async function simulatePostAttestation(client: Client, parameters: PostAttestationParameters): Promise<void> {
  await simulate(client, await preparePostAttestation(client, parameters), parameters)
}

/**
 * Puts an attestation on chain, so that no settlement can leave it out. Anyone can send it.
 *
 * @throws {DatanetsAlreadyPostedError} when the seat has posted.
 * @throws {DatanetsWrongSignerError} when it was not signed by the seat's key.
 * @throws {DatanetsVoteWindowOverError} after its time.
 */
export async function postAttestation(
  client: Client,
  parameters: PostAttestationParameters,
): Promise<PostAttestationReturnType> {
  const call = await preparePostAttestation(client, parameters)
  const result = await send(client, call, parameters, 'postAttestation')
  const { args } = eventIn(result.receipt, { abi: datanetsAbi, address: call.to, eventName: 'AttestationPosted' })
  return { lotId: args.lot, validatorId: Number(args.validatorId), ...result }
}
