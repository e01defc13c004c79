import type { Address, Client } from 'viem'
import { datanetsAbi } from '../abis.ts'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import type { ContentStore } from '../storage/types.ts'
import { fromContributionId, toContributionId } from '../utils/ids.ts'
import { getLot } from './getLot.ts'
import { closedLotOf } from './internal/lotCall.ts'
import { eventIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'
import { proveContribution } from './proveContribution.ts'

export type RevokeDuplicateParameters = WriteParameters & {
  /** The accepted contribution that repeats another. */
  contributionId: bigint
  /** The earlier accepted one with the same content. */
  earlierId: bigint
  /** Where the manifest lists are. */
  store: ContentStore
}

/** `reward` is the wei the prover received. */
export type RevokeDuplicateReturnType = WriteReturnType & {
  contributionId: bigint
  earlierId: bigint
  prover: Address
  reward: bigint
}

export async function prepareRevokeDuplicate(
  client: Client,
  {
    contributionId,
    deployment,
    earlierId,
    store,
  }: Omit<RevokeDuplicateParameters, keyof WriteParameters> & DeploymentParameter,
) {
  const resolved = await resolveDeployment(client, deployment)
  const { lotId } = fromContributionId(contributionId)
  const earlierLotId = fromContributionId(earlierId).lotId
  const state = await getLot(client, { lotId, deployment: resolved })
  const earlier = lotId === earlierLotId ? state : await getLot(client, { lotId: earlierLotId, deployment: resolved })
  const [proof, earlierProof] = await Promise.all([
    proveContribution(client, { contributionId, state, store, deployment: resolved }),
    proveContribution(client, { contributionId: earlierId, state: earlier, store, deployment: resolved }),
  ])
  return toCall({
    address: resolved.contracts.Datanets.address,
    abi: datanetsAbi,
    functionName: 'revokeDuplicate',
    args: [
      closedLotOf(state, 'revokeDuplicate'),
      state.submissions,
      proof,
      closedLotOf(earlier, 'revokeDuplicate'),
      earlier.submissions,
      earlierProof,
    ],
  })
}

export async function simulateRevokeDuplicate(client: Client, parameters: RevokeDuplicateParameters): Promise<void> {
  await simulate(client, await prepareRevokeDuplicate(client, parameters), parameters)
}

/**
 * Takes out an accepted contribution that repeats the content of an earlier one of its Datanet. The caller receives its
 * reward.
 *
 * @throws {DatanetsNotDuplicateError} when the two do not repeat one content in order.
 */
export async function revokeDuplicate(
  client: Client,
  parameters: RevokeDuplicateParameters,
): Promise<RevokeDuplicateReturnType> {
  const call = await prepareRevokeDuplicate(client, parameters)
  const result = await send(client, call, parameters, 'revokeDuplicate')
  const { args } = eventIn(result.receipt, { abi: datanetsAbi, address: call.to, eventName: 'DuplicateRevoked' })
  return {
    contributionId: toContributionId({ lotId: args.lot, index: args.index }),
    earlierId: toContributionId({ lotId: args.earlierLot, index: args.earlierIndex }),
    prover: args.prover,
    reward: args.reward,
    ...result,
  }
}
