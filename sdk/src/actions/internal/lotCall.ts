import type { Client } from 'viem'
import { type DeploymentParameter, resolveDeployment } from '../../addresses.ts'
import { UnexpectedLotStatusError } from '../../errors/chain.ts'
import type { Deployment } from '../../types/deployment.ts'
import type { Lot } from '../../types/protocol.ts'
import type { LotState } from '../../utils/lotState.ts'
import { getLot } from '../getLot.ts'

/** What every call about a lot accepts. */
export type LotParameters = {
  lotId: bigint
  /** Its present state, where it was read already; read again by default. */
  state?: LotState | undefined
}

/** A lot's state and the deployment it is of. */
export async function readForCall(
  client: Client,
  { deployment, lotId, state }: LotParameters & DeploymentParameter,
): Promise<{ deployment: Deployment; state: LotState }> {
  const resolved = await resolveDeployment(client, deployment)
  return { deployment: resolved, state: state ?? (await getLot(client, { lotId, deployment: resolved })) }
}

/** The struct contracts take back, which a lot only has once it is closed. */
export function closedLotOf(state: LotState, action: string): Lot {
  if (!state.lot)
    throw new UnexpectedLotStatusError({ action, lotId: state.lotId, status: state.status, expected: 'closed' })
  return state.lot
}
