import type { Client } from 'viem'
import { appealsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import type { Attestation } from '../types/protocol.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type AttestAppealParameters = WriteParameters & {
  lotId: bigint
  seat: number
  attestation: Attestation
}

export type AttestAppealReturnType = WriteReturnType & { lotId: bigint; validatorId: number }

export async function prepareAttestAppeal(
  client: Client,
  {
    attestation,
    deployment,
    lotId,
    seat,
  }: Pick<AttestAppealParameters, 'lotId' | 'seat' | 'attestation'> & DeploymentParameter,
) {
  const { contracts } = await resolveDeployment(client, deployment)
  return toCall({
    address: contracts.Appeals.address,
    abi: appealsAbi,
    functionName: 'attest',
    args: [lotId, BigInt(seat), attestation],
  })
}

/** Checks the call without sending it. */
export async function simulateAttestAppeal(client: Client, parameters: AttestAppealParameters): Promise<void> {
  await simulate(client, await prepareAttestAppeal(client, parameters), parameters)
}

/**
 * Puts a committee member's vote on chain. Sign it with `signAttestation` over the appeal's digest.
 *
 * @throws {AppealsVotesNotAllowedError} when it votes on items nobody named.
 * @throws {AppealsWrongSignerError} when it was not signed by the seat's key.
 */
export async function attestAppeal(
  client: Client,
  parameters: AttestAppealParameters,
): Promise<AttestAppealReturnType> {
  const call = await prepareAttestAppeal(client, parameters)
  const result = await send(client, call, parameters, 'attestAppeal')
  const { args } = eventIn(result.receipt, { abi: appealsAbi, address: call.to, eventName: 'AppealAttested' })
  return { lotId: args.lot, validatorId: Number(args.validatorId), ...result }
}
