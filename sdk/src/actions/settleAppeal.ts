import type { Client } from 'viem'
import { appealsAbi } from '../abis.ts'
import type { DeploymentParameter } from '../addresses.ts'
import { closedLotOf, type LotParameters, readForCall } from './internal/lotCall.ts'
import { eventsIn, send, simulate, toCall, type WriteParameters, type WriteReturnType } from './internal/write.ts'

export type SettleAppealParameters = WriteParameters & LotParameters

export type SettleAppealReturnType = WriteReturnType & {
  lotId: bigint
  /** Word of the items whose result changed; null when the appeal lapsed. */
  changed: bigint | null
}

export async function prepareSettleAppeal(client: Client, parameters: LotParameters & DeploymentParameter) {
  const { deployment, state } = await readForCall(client, parameters)
  const lot = closedLotOf(state, 'settleAppeal')
  return toCall({
    address: deployment.contracts.Appeals.address,
    abi: appealsAbi,
    functionName: 'settle',
    args: [lot],
  })
}

/** Checks the call without sending it. */
export async function simulateSettleAppeal(client: Client, parameters: SettleAppealParameters): Promise<void> {
  await simulate(client, await prepareSettleAppeal(client, parameters), parameters)
}

/**
 * Ends an appeal: by the committee's result where a quorum attested, otherwise the first result stands. Anyone can.
 *
 * @throws {AppealsVoteWindowOpenError} while members can still attest.
 */
export async function settleAppeal(
  client: Client,
  parameters: SettleAppealParameters,
): Promise<SettleAppealReturnType> {
  const call = await prepareSettleAppeal(client, parameters)
  const result = await send(client, call, parameters, 'settleAppeal')
  const source = { abi: appealsAbi, address: call.to } as const
  const [settled] = eventsIn(result.receipt, { ...source, eventName: 'AppealSettled' })
  return { lotId: parameters.lotId, changed: settled ? settled.args.changed : null, ...result }
}
