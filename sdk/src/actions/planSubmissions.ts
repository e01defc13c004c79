import type { Address, Client } from 'viem'
import { AccountRequiredError } from '../errors/chain.ts'
import type { Format } from '../types/protocol.ts'
import { LOT_CAPACITY } from '../utils/bitmaps.ts'
import { formatCode, formatOfName } from '../utils/formats.ts'
import { DAILY_BYTES } from '../utils/limits.ts'
import type { Datanet } from './getDatanet.ts'
import { getDatanets } from './getDatanets.ts'
import { getUsage } from './getUsage.ts'
import { type ReadParameters, timeOf, viewOf } from './internal/read.ts'

/** A file to plan for: its bytes need not be read yet. */
export type PlannedFile = { name: string; size: number; format?: Format | undefined }

export type PlanSubmissionsParameters<file extends PlannedFile = PlannedFile> = ReadParameters & {
  /** The contributor; the client's account by default. */
  account?: Address | undefined
  files: readonly file[]
  /** Where files may go, the most wanted first; all Datanets by default. */
  datanetIds?: readonly bigint[] | undefined
}

/** Why a file is not in today's submissions although it could be in tomorrow's. */
export type PostponedReason = 'daily-files' | 'daily-bytes' | 'datanet-bytes'

/** Why a file cannot be submitted at all as things are. */
export type RefusedReason = 'empty' | 'unknown-format' | 'too-large' | 'no-datanet' | 'file-cap' | 'budget'

export type PlanSubmissionsReturnType<file extends PlannedFile = PlannedFile> = {
  /** What fits today, one submission per Datanet. */
  submissions: { datanetId: bigint; files: file[]; totalBytes: number }[]
  /** What has to wait until `resumesAt`. */
  later: { file: file; datanetId: bigint; reason: PostponedReason }[]
  refused: { file: file; reason: RefusedReason }[]
  /** When quotas are whole again: the next midnight UTC, in seconds since 1970. */
  resumesAt: number
}

type Room = Datanet & {
  files: PlannedFile[]
  bytes: number
  /** Bytes left of the contributor's quota here; Infinity where only the one over all counts. */
  bytesLeft: number
  /** Seconds since 1970. */
  time: number
}

/** Splits files into submissions that fit today's quotas, caps and budgets, before anything is hashed or sent. */
export async function planSubmissions<file extends PlannedFile>(
  client: Client,
  { account = client.account?.address, datanetIds, files, ...options }: PlanSubmissionsParameters<file>,
): Promise<PlanSubmissionsReturnType<file>> {
  if (!account) throw new AccountRequiredError({ action: 'planSubmissions' })
  const view = await viewOf(client, options)
  const { blockNumber, deployment, signal } = view
  const at = { deployment, blockNumber, signal }
  const [datanets, time] = await Promise.all([getDatanets(client, at), timeOf(view)])
  const wanted = datanetIds
    ? datanetIds.flatMap((id) => datanets.filter(({ datanetId }) => datanetId === id))
    : datanets
  const rooms = await Promise.all(
    wanted.map(async (datanet): Promise<Room> => {
      const { datanetBytes } = await getUsage(client, { account, datanetId: datanet.datanetId, ...at })
      return { ...datanet, files: [], bytes: 0, bytesLeft: datanetBytes!.left, time }
    }),
  )
  const usage = await getUsage(client, { account, ...at })
  const left = { files: usage.files.left, bytes: usage.bytes.left }
  const plan: PlanSubmissionsReturnType<file> = { submissions: [], later: [], refused: [], resumesAt: usage.resetsAt }
  for (const file of files) {
    const verdict = place(file, rooms, left)
    if ('refused' in verdict) plan.refused.push({ file, reason: verdict.refused })
    else if ('postponed' in verdict)
      plan.later.push({ file, datanetId: verdict.room.datanetId, reason: verdict.postponed })
    else take(file, verdict.room, left)
  }
  for (const { bytes, datanetId, files: placed } of rooms)
    if (placed.length > 0) plan.submissions.push({ datanetId, files: placed as file[], totalBytes: bytes })
  return plan
}

type Left = { files: number; bytes: number }

type Verdict = { refused: RefusedReason } | { postponed: PostponedReason; room: Room } | { room: Room }

function place(file: PlannedFile, rooms: readonly Room[], left: Left): Verdict {
  const format = file.format ?? formatOfName(file.name)
  if (!format) return { refused: 'unknown-format' }
  if (file.size === 0) return { refused: 'empty' }
  const taking = rooms.filter(({ terms }) => (terms.formats >> formatCode(format)) & 1)
  if (taking.length === 0) return { refused: 'no-datanet' }
  const fitting = taking.filter(({ terms }) => file.size <= Math.min(DAILY_BYTES, terms.dailyKilobytes * 1000))
  if (fitting.length === 0) return { refused: 'too-large' }
  const open = fitting.filter((room) => room.book.fileCount + room.files.length < room.terms.fileCap)
  if (open.length === 0) return { refused: 'file-cap' }
  const funded = open.filter(hasBudget)
  const [first] = funded
  if (!first) return { refused: 'budget' }

  const room = funded.find(({ bytesLeft }) => file.size <= bytesLeft)
  if (left.files === 0) return { postponed: 'daily-files', room: room ?? first }
  if (file.size > left.bytes) return { postponed: 'daily-bytes', room: room ?? first }
  return room ? { room } : { postponed: 'datanet-bytes', room: first }
}

function take(file: PlannedFile, room: Room, left: Left): void {
  room.files.push(file)
  room.bytes += file.size
  room.bytesLeft -= file.size
  left.files -= 1
  left.bytes -= file.size
}

/** Whether one more file can be reserved, with the fee of a lot it may open. */
function hasBudget({ book, files, terms, time }: Room): boolean {
  const count = files.length + 1
  const isOver = time >= book.openedAt + terms.lotWindow
  const opensLot = book.openCount === 0 || isOver || book.openCount + count > LOT_CAPACITY
  return book.budget >= BigInt(count) * terms.rewardPerFile + (opensLot ? terms.lotFee : 0n)
}
