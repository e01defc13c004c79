import type { Address, Client, Hex } from 'viem'
import { UnknownContributionError, UnknownLotError } from '../errors/chain.ts'
import type { LotStatus } from '../types/protocol.ts'
import { hasBit } from '../utils/bitmaps.ts'
import { digestToCid } from '../utils/cid.ts'
import { formatContributionId, fromContributionId, toContributionId } from '../utils/ids.ts'
import type { LotState } from '../utils/lotState.ts'
import { getLot } from './getLot.ts'
import type { ReadParameters } from './internal/read.ts'

export type GetContributionParameters = ReadParameters & { contributionId: bigint }

/** Where a contribution stands. `accepted` becomes `accrued` when it is paid. */
export type ContributionStatus = 'pending' | 'accepted' | 'accrued' | 'rejected' | 'undecided' | 'lapsed' | 'revoked'

/** What one validator said about one item. */
export type ItemVote = {
  validatorId: number
  seat: number
  vote: 'accept' | 'reject' | 'abstain'
  /** Digest of its report. */
  report: Hex
  /** Where the reasons are. */
  reportCid: string
}

export type ContributionState = {
  contributionId: bigint
  lotId: bigint
  datanetId: bigint
  /** Position in the lot. */
  index: number
  status: ContributionStatus
  lotStatus: LotStatus
  contributor: Address
  /** Position of its submission in the lot's list, and of the file within the submission. */
  submission: number
  position: number
  root: Hex
  /** Where the manifest list of its submission is. */
  manifestsCid: string
  votes: ItemVote[]
  enteredBlock: bigint
  transactionHash: Hex
}

export type GetContributionReturnType = ContributionState

/**
 * A contribution with its status and every vote on it.
 *
 * @throws {UnknownContributionError} when there is none with this id.
 */
export async function getContribution(
  client: Client,
  { contributionId, ...options }: GetContributionParameters,
): Promise<GetContributionReturnType> {
  const { index, lotId } = fromContributionId(contributionId)
  const unknown = new UnknownContributionError({ id: formatContributionId(contributionId) })
  let state: LotState
  try {
    state = await getLot(client, { lotId, ...options })
  } catch (error) {
    throw error instanceof UnknownLotError ? unknown : error
  }
  if (index >= state.itemCount) throw unknown
  return contributionOf(state, index)
}

/** One item of a lot. Pure. */
export function contributionOf(state: LotState, index: number): ContributionState {
  const position = state.submissions.findIndex(({ count, first }) => index >= first && index < first + count)
  const submission = state.submissions[position]!
  return {
    contributionId: toContributionId({ lotId: state.lotId, index }),
    lotId: state.lotId,
    datanetId: state.datanetId,
    index,
    status: statusOf(state, index),
    lotStatus: state.status,
    contributor: submission.contributor,
    submission: position,
    position: index - submission.first,
    root: submission.root,
    manifestsCid: digestToCid(submission.manifests, 'dag-json').toString(),
    votes: state.attestations.map(({ accepted, rejected, report, seat, validatorId }) => ({
      validatorId,
      seat,
      vote: hasBit(accepted, index) ? 'accept' : hasBit(rejected, index) ? 'reject' : 'abstain',
      report,
      reportCid: digestToCid(report, 'dag-json').toString(),
    })),
    enteredBlock: submission.blockNumber,
    transactionHash: submission.transactionHash,
  }
}

function statusOf({ lot, status }: LotState, index: number): ContributionStatus {
  if (!lot || status === 'open' || status === 'closed' || status === 'appealed') return 'pending'
  if (status === 'lapsed') return 'lapsed'
  if (hasBit(lot.revoked, index)) return 'revoked'
  if (hasBit(lot.accepted, index)) return status === 'accrued' ? 'accrued' : 'accepted'
  return hasBit(lot.undecided, index) ? 'undecided' : 'rejected'
}
