import { datanetsAbi } from '../../abis.ts'
import { InconsistentEventsError } from '../../errors/chain.ts'
import { readDatanetsEvents } from '../../events/datanets.ts'
import type { DatanetsEvent, DatanetsEventName } from '../../events/types.ts'
import type { Terms } from '../../types/protocol.ts'
import { fromLotId } from '../../utils/ids.ts'
import { hashLot } from '../../utils/lot.ts'
import { type LotState, lotStateOf, type OpenLot } from '../../utils/lotState.ts'
import { mapLimited, readAt, type View } from './read.ts'

const lotEventNames = [
  'Submitted',
  'LotClosed',
  'AttestationPosted',
  'LotSettled',
  'LotLapsed',
  'DuplicateRevoked',
  'LotAppealed',
  'LotAppealClosed',
  'LotAccrued',
] as const satisfies readonly DatanetsEventName[]

/**
 * Rebuilds lots from their events and compares each with the hash the chain holds: what is returned is what the
 * contract will accept back.
 *
 * @param lotIds - Which; those without a submission are left out.
 */
export async function readLots(view: View, lotIds: readonly bigint[]): Promise<LotState[]> {
  if (lotIds.length === 0) return []
  const { blockNumber, client, deployment, signal } = view
  const events = await readDatanetsEvents(client, deployment, {
    eventNames: lotEventNames,
    first: lotIds,
    toBlock: blockNumber,
    signal,
  })
  const byLot = new Map<bigint, DatanetsEvent[]>()
  for (const event of events) {
    const { lot } = event.args
    const list = byLot.get(lot)
    if (list) list.push(event)
    else byLot.set(lot, [event])
  }

  const facts = new Map<bigint, Promise<{ terms: Terms; openLot: OpenLot }>>()
  const found = lotIds.filter((lotId) => byLot.has(lotId))
  return mapLimited(found, async (lotId) => {
    const { datanetId } = fromLotId(lotId)
    if (!facts.has(datanetId)) facts.set(datanetId, readFacts(view, datanetId))
    const state = lotStateOf(lotId, byLot.get(lotId)!, await facts.get(datanetId)!)
    await checkHash(view, state)
    return state
  })
}

async function readFacts(view: View, datanetId: bigint): Promise<{ terms: Terms; openLot: OpenLot }> {
  const { blockNumber, client, deployment } = view
  const { address } = deployment.contracts.Datanets
  const [terms, openLot] = await Promise.all([
    readAt(client, { abi: datanetsAbi, address, functionName: 'termsOf', args: [datanetId], blockNumber }),
    readAt(client, { abi: datanetsAbi, address, functionName: 'bookOf', args: [datanetId], blockNumber }),
  ])
  return { terms, openLot }
}

async function checkHash({ blockNumber, client, deployment }: View, state: LotState): Promise<void> {
  const expected = await readAt(client, {
    abi: datanetsAbi,
    address: deployment.contracts.Datanets.address,
    functionName: 'lotHash',
    args: [state.lotId],
    blockNumber,
  })
  const found = state.lot ? hashLot(state.lot) : state.digest
  if (found !== expected) throw new InconsistentEventsError({ lotId: state.lotId, expected, found })
}
