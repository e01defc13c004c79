import type { Address, Client } from 'viem'
import { DAILY_BYTES, DAILY_FILES, dayOf, nextDayAt } from '../utils/limits.ts'
import { datanetsOf, type ReadParameters, readAt, timeOf, viewOf } from './internal/read.ts'

export type GetUsageParameters = ReadParameters & {
  account: Address
  /** Also the limit of this Datanet. */
  datanetId?: bigint | undefined
}

/** One limit of a day. */
export type Quota = { limit: number; used: number; left: number }

export type GetUsageReturnType = {
  /** Days since 1970-01-01 UTC. */
  day: number
  /** When the day ends and all quotas are whole again, in seconds since 1970. */
  resetsAt: number
  /** Files over all Datanets. */
  files: Quota
  /** Bytes over all Datanets. */
  bytes: Quota
  /** Bytes in the Datanet asked for; undefined without one. */
  datanetBytes: Quota | undefined
}

/** What an account may still enter on the block's UTC day. */
export async function getUsage(
  client: Client,
  { account, datanetId, ...options }: GetUsageParameters,
): Promise<GetUsageReturnType> {
  const view = await viewOf(client, options)
  const { blockNumber } = view
  const datanets = datanetsOf(view)
  const [time, usage, datanetBytes] = await Promise.all([
    timeOf(view),
    readAt(client, { ...datanets, functionName: 'usageOf', args: [account], blockNumber }),
    datanetId === undefined
      ? undefined
      : Promise.all([
          readAt(client, { ...datanets, functionName: 'termsOf', args: [datanetId], blockNumber }),
          readAt(client, { ...datanets, functionName: 'accountOf', args: [datanetId, account], blockNumber }),
        ]),
  ])
  const today = dayOf(time)
  const current = usage.day === today ? usage : { files: 0, bytesUsed: 0 }
  const bytes = quotaOf(DAILY_BYTES, current.bytesUsed)
  return {
    day: today,
    resetsAt: nextDayAt(time),
    files: quotaOf(DAILY_FILES, current.files),
    bytes,
    datanetBytes: datanetBytes && datanetQuota(datanetBytes[0].dailyKilobytes * 1000, datanetBytes[1], today, bytes),
  }
}

function quotaOf(limit: number, used: number): Quota {
  return { limit, used, left: Math.max(0, limit - used) }
}

/** A Datanet's own limit is only counted where it is below the one over all. */
function datanetQuota(limit: number, member: { day: number; bytesUsed: number }, today: number, over: Quota): Quota {
  if (limit >= DAILY_BYTES) return over
  return quotaOf(limit, member.day === today ? member.bytesUsed : 0)
}
