import type { Address, Client, Hex } from 'viem'
import { appealsAbi } from '../abis.ts'
import { unpackSeats } from '../utils/seats.ts'
import { mapLimited, type ReadParameters, readAt, viewOf } from './internal/read.ts'

export type GetAppealParameters = ReadParameters & { lotId: bigint }

export type AppealStatus = 'open' | 'seated' | 'settled' | 'lapsed'

export type AppealState = {
  lotId: bigint
  status: AppealStatus
  /** Items named by at least one objection, one bit each. */
  items: bigint
  /** Items whose result the committee changed. */
  changed: bigint
  /** What the committee signs; zero before it is drawn. */
  digest: Hex
  /** Ids of the committee, by seat. */
  seats: number[]
  /** Word of the seats that attested. */
  seatsVoted: number
  quorum: number
  /** Wei each objection and each defence puts at stake. */
  bond: bigint
  /** Until when the committee can attest, in seconds; null before it is drawn. */
  voteEndsAt: number | null
  objections: {
    objection: number
    appellant: Address
    free: boolean
    resolved: boolean
    /** Zero when nobody defends. */
    defender: Address
    items: bigint
  }[]
}

/** Null when the lot was never appealed. */
export type GetAppealReturnType = AppealState | null

/** The appeal of a lot with all objections. */
export async function getAppeal(
  client: Client,
  { lotId, ...options }: GetAppealParameters,
): Promise<GetAppealReturnType> {
  const { blockNumber, deployment } = await viewOf(client, options)
  const contract = { abi: appealsAbi, address: deployment.contracts.Appeals.address } as const
  const appeal = await readAt(client, { ...contract, functionName: 'appealOf', args: [lotId], blockNumber })
  const status = ([null, 'open', 'seated', 'settled', 'lapsed'] as const)[appeal.status]
  if (!status) return null
  const numbers = Array.from({ length: appeal.objectionCount }, (_, objection) => objection)
  return {
    lotId,
    status,
    items: appeal.items,
    changed: appeal.changed,
    digest: appeal.digest,
    seats: unpackSeats(appeal.seats),
    seatsVoted: appeal.seatsVoted,
    quorum: appeal.quorum,
    bond: appeal.bond,
    voteEndsAt: appeal.voteEndsAt === 0 ? null : appeal.voteEndsAt,
    objections: await mapLimited(numbers, async (objection) => ({
      objection,
      ...(await readAt(client, {
        ...contract,
        functionName: 'objectionOf',
        args: [lotId, BigInt(objection)],
        blockNumber,
      })),
    })),
  }
}
