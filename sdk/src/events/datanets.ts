import { type Client, type Hex, numberToHex } from 'viem'
import { datanetsAbi } from '../abis.ts'
import type { Deployment } from '../types/deployment.ts'
import { fromLotId } from '../utils/ids.ts'
import { readEvents } from './read.ts'
import type { DatanetsEvent, DatanetsEventName } from './types.ts'

/** More topics than this in one request, and nodes refuse; then all events are read and sorted out here. */
const maxTopics = 64

export type ReadDatanetsEventsParameters<name extends DatanetsEventName> = {
  eventNames?: readonly name[] | undefined
  /** First indexed arguments to look for, such as lots; all by default. */
  first?: readonly bigint[] | undefined
  /** Second indexed argument to look for, such as an account. */
  second?: Hex | undefined
  fromBlock?: bigint | undefined
  toBlock: bigint
  signal?: AbortSignal | undefined
}

/** Events of `Datanets` up to a block, since its creation unless told otherwise. */
export async function readDatanetsEvents<name extends DatanetsEventName>(
  client: Client,
  deployment: Deployment,
  { eventNames, first, fromBlock, second, signal, toBlock }: ReadDatanetsEventsParameters<name>,
): Promise<DatanetsEvent<name>[]> {
  const { address, block } = deployment.contracts.Datanets
  const firstTopics = first && first.length <= maxTopics ? first.map((value) => numberToHex(value, { size: 32 })) : null
  const events = await readEvents(client, {
    address,
    abi: datanetsAbi,
    eventNames,
    indexed: second ? [firstTopics, second] : [firstTopics],
    fromBlock: fromBlock ?? BigInt(block),
    toBlock,
    signal,
  })
  return events as DatanetsEvent<name>[]
}

/** Whether an event is about a lot of this Datanet. */
export function isOfDatanet(event: DatanetsEvent, datanetId: bigint): boolean {
  const { lot } = event.args as { lot?: bigint }
  return lot !== undefined && fromLotId(lot).datanetId === datanetId
}
