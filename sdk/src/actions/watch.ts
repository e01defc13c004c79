import type { Client, Hex } from 'viem'
import { getBlock, watchBlockNumber } from 'viem/actions'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { readDatanetsEvents } from '../events/datanets.ts'
import type { DatanetsEvent, DatanetsEventName } from '../events/types.ts'
import type { LotState } from '../utils/lotState.ts'
import { type GetLeaderboardReturnType, getLeaderboard } from './getLeaderboard.ts'
import { getLot } from './getLot.ts'

type WatchOptions = DeploymentParameter & {
  /** Milliseconds between looks; the client's by default. */
  pollingInterval?: number | undefined
  /** An outage: watching goes on, and nothing is skipped. */
  onError?: ((error: unknown) => void) | undefined
}

export type WatchEventsParameters<name extends DatanetsEventName = DatanetsEventName> = WatchOptions & {
  /** Which events; all by default. */
  eventNames?: readonly name[] | undefined
  /** The first block to report; the next one by default. */
  fromBlock?: bigint | undefined
  /** Blocks an event must be deep before it is reported; 0 by default. */
  confirmations?: number | undefined
  onEvents: (events: DatanetsEvent<name>[]) => void | Promise<void>
  /** Events reported before are gone from `block` on: the chain was reorganised. They are reported anew as they return. */
  onReorg?: ((block: bigint) => void) | undefined
}

/** Stops watching. */
export type Unwatch = () => void

/** Blocks whose hashes are remembered: deeper reorganisations are not noticed. */
const remembered = 128

/** Reports events of `Datanets` in order, each once, over outages and reorganisations. */
export function watchEvents<name extends DatanetsEventName>(
  client: Client,
  { confirmations = 0, eventNames, fromBlock, onEvents, onReorg, ...options }: WatchEventsParameters<name>,
): Unwatch {
  let next = fromBlock
  const hashes = new Map<bigint, Hex>()

  async function rewind(): Promise<void> {
    for (const [number, hash] of [...hashes].reverse()) {
      const now = await getBlock(client, { blockNumber: number }).catch(() => null)
      if (now?.hash === hash) return
      hashes.delete(number)
      next = number
      onReorg?.(number)
    }
  }

  return onBlocks(client, options, async (head) => {
    const deployment = await resolveDeployment(client, options.deployment)
    next ??= head
    await rewind()
    const toBlock = head - BigInt(confirmations)
    if (toBlock < next) return
    const events = await readDatanetsEvents(client, deployment, { eventNames, fromBlock: next, toBlock })
    for (const { blockHash, blockNumber } of events) hashes.set(blockNumber, blockHash)
    const last = await getBlock(client, { blockNumber: toBlock })
    hashes.set(toBlock, last.hash!)
    for (const number of hashes.keys()) if (hashes.size > remembered) hashes.delete(number)
    next = toBlock + 1n
    if (events.length > 0) await onEvents(events)
  })
}

export type WatchLotParameters = WatchOptions & { lotId: bigint; onLot: (lot: LotState) => void }

/** Reports a lot whenever its status, submissions or votes changed, starting with what it is now. */
export function watchLot(client: Client, { lotId, onLot, ...options }: WatchLotParameters): Unwatch {
  let seen = ''
  return onBlocks(client, options, async (blockNumber) => {
    const deployment = await resolveDeployment(client, options.deployment)
    const lot = await getLot(client, { lotId, deployment, blockNumber })
    const now = `${lot.status} ${lot.digest} ${lot.attestations.length} ${lot.lot?.accepted} ${lot.lot?.revoked}`
    if (now !== seen) onLot(lot)
    seen = now
  })
}

export type WatchLeaderboardParameters = WatchOptions & {
  datanetId?: bigint | undefined
  limit?: number | undefined
  onLeaderboard: (leaderboard: GetLeaderboardReturnType) => void
}

/** Reports the leaderboard whenever a row changed, starting with what it is now. */
export function watchLeaderboard(
  client: Client,
  { datanetId, limit, onLeaderboard, ...options }: WatchLeaderboardParameters,
): Unwatch {
  let seen: string | undefined
  return onBlocks(client, options, async (blockNumber) => {
    const { deployment } = options
    const leaderboard = await getLeaderboard(client, { datanetId, limit, deployment, blockNumber })
    const now = JSON.stringify(leaderboard.rows, (_, value) => (typeof value === 'bigint' ? value.toString() : value))
    if (now !== seen) onLeaderboard(leaderboard)
    seen = now
  })
}

/** Runs `look` for the latest block, one at a time: while it runs, later blocks wait for one more look. */
function onBlocks(
  client: Client,
  { onError, pollingInterval }: WatchOptions,
  look: (head: bigint) => Promise<void>,
): Unwatch {
  let running = false
  let waiting: bigint | undefined
  let stopped = false

  async function run(head: bigint): Promise<void> {
    if (running) {
      waiting = head
      return
    }
    running = true
    try {
      await look(head)
    } catch (error) {
      if (!stopped) onError?.(error)
    } finally {
      running = false
    }
    const again = waiting
    waiting = undefined
    if (again !== undefined && !stopped) await run(again)
  }

  const unwatch = watchBlockNumber(client, {
    emitOnBegin: true,
    poll: true,
    ...(pollingInterval === undefined ? {} : { pollingInterval }),
    onBlockNumber: (head) => void run(head),
    ...(onError ? { onError } : {}),
  })
  return () => {
    stopped = true
    unwatch()
  }
}
