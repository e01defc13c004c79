import type { Hex } from 'viem'
import type { Batch } from '../core/batch.ts'
import type { Place } from '../core/events.ts'
import { EventGapError } from '../errors.ts'
import type { Row } from '../store/schema.ts'
import { type ContractHandlers, dayOf, type Handler } from './handler.ts'
import { editAccount, mustEdit, subtract } from './rows.ts'

type OfRun = { runId: Hex }

const wantRun = ({ runId }: OfRun, batch: Batch) => batch.want('run', { id: runId })

function editRun(runId: Hex, batch: Batch, place: Place): Row<'run'> {
  return mustEdit(batch, 'run', { id: runId }, place)
}

function toJson(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? part.toString() : part))
}

const RunOpened: Handler<OfRun & { owner: Hex; parent: Hex; spec: { dataset: Hex; quorum: number } }> = {
  want: () => undefined,
  apply({ runId, owner, parent, spec }, batch, place) {
    batch.create(
      'run',
      {
        id: runId,
        owner,
        parent: BigInt(parent) === 0n ? null : parent,
        spec: toJson(spec),
        dataset: spec.dataset,
        quorum: spec.quorum,
        status: 'opened',
        resultHash: null,
        result: null,
        anchoredAt: null,
        attestations: 0,
        refusals: 0,
        finalAfter: null,
        fees: 0,
        feeTotal: 0n,
        poolTotal: 0n,
        poolClaimed: 0n,
        ...place,
      },
      place.block,
    )
  },
}

const RunAnchored: Handler<OfRun & { resultHash: Hex; result: unknown }> = {
  want: wantRun,
  apply({ runId, resultHash, result }, batch, place) {
    const counts = { attestations: 0, refusals: 0, finalAfter: null }
    Object.assign(editRun(runId, batch, place), {
      status: 'anchored',
      resultHash,
      result: toJson(result),
      anchoredAt: place.at,
      ...counts,
    })
  },
}

const RunAttested: Handler<OfRun & { validatorId: bigint; resultHash: Hex; attestations: bigint }> = {
  want: wantRun,
  apply({ runId, validatorId, resultHash, attestations }, batch, place) {
    const run = editRun(runId, batch, place)
    count(run, 'attestations', attestations, place)
    const vote = { runId, resultHash, validatorId: Number(validatorId), vote: 'attested', report: null }
    batch.create('runVote', { ...vote, ...place }, place.block)
  },
}

const RunRefused: Handler<OfRun & { validatorId: bigint; resultHash: Hex; report: Hex; refusals: bigint }> = {
  want: wantRun,
  apply({ runId, validatorId, resultHash, report, refusals }, batch, place) {
    const run = editRun(runId, batch, place)
    count(run, 'refusals', refusals, place)
    const vote = { runId, resultHash, validatorId: Number(validatorId), vote: 'refused', report }
    batch.create('runVote', { ...vote, ...place }, place.block)
  },
}

/** The event carries the new count: a step of more than one means that a vote is missing. */
function count(run: Row<'run'>, what: 'attestations' | 'refusals', total: bigint, place: Place): void {
  if (Number(total) !== run[what] + 1) {
    throw new EventGapError(`run ${run.id} has ${run[what]} ${what}, the next is number ${total}`, place.block)
  }
  run[what]++
}

const RunQuorumReached: Handler<OfRun & { resultHash: Hex; finalAfter: bigint }> = {
  want: wantRun,
  apply({ runId, finalAfter }, batch, place) {
    Object.assign(editRun(runId, batch, place), { status: 'attested', finalAfter: Number(finalAfter) })
  },
}

const RunRejected: Handler<OfRun & { resultHash: Hex }> = {
  want: wantRun,
  apply({ runId }, batch, place) {
    editRun(runId, batch, place).status = 'rejected'
  },
}

const FeePaid: Handler<
  OfRun & {
    payer: Hex
    amount: bigint
    toPlatform: bigint
    toOwner: bigint
    toStakers: bigint
    toContributors: bigint
    toParent: bigint
  }
> = {
  deep: true,
  want({ runId }, batch) {
    wantRun({ runId }, batch)
    const parent = batch.get('run', { id: runId })?.parent
    if (parent) wantRun({ runId: parent }, batch)
  },
  apply({ runId, payer, amount, ...parts }, batch, place) {
    const run = editRun(runId, batch, place)
    run.fees++
    run.feeTotal += amount
    run.poolTotal += parts.toContributors
    if (parts.toParent !== 0n && run.parent !== null) editRun(run.parent, batch, place).poolTotal += parts.toParent
    batch.create('fee', { runId, payer, amount, ...parts, ...place }, place.block)
  },
}

const SharePaid: Handler<OfRun & { account: Hex; index: bigint; share: bigint; amount: bigint }> = {
  want({ runId, account, index }, batch, { at }) {
    wantRun({ runId }, batch)
    batch.want('share', { runId, index: Number(index) })
    batch.want('account', { address: account })
    batch.want('impactDay', { day: dayOf(at), address: account })
  },
  apply({ runId, account: address, index, share: part, amount }, batch, place) {
    const run = editRun(runId, batch, place)
    run.poolClaimed += amount
    if (run.poolClaimed > run.poolTotal) {
      throw new EventGapError(`run ${runId} pays ${run.poolClaimed} wei out of ${run.poolTotal}`, place.block)
    }
    const key = { runId, index: Number(index) }
    const share =
      batch.edit('share', key, place.block) ??
      batch.create('share', { ...key, account: address, share: Number(part), paid: 0n, ...place }, place.block)
    share.paid += amount

    const reached = { impactBlock: place.block, impactLogIndex: place.logIndex, impactAt: place.at }
    const day = { day: dayOf(place.at), address }
    const impactDay =
      batch.edit('impactDay', day, place.block) ??
      batch.create('impactDay', { ...day, impact: 0n, ...reached }, place.block)
    for (const row of [editAccount(batch, address, place), impactDay]) {
      row.impact += amount
      Object.assign(row, reached)
    }
  },
}

/** OPEN that left for the account's payout address. */
function claimOf(source: 'shares' | 'fees'): Handler<{ account: Hex; payout: Hex; total?: bigint; amount?: bigint }> {
  return {
    want: () => undefined,
    apply({ account, payout, total, amount }, batch, place) {
      const sum = total ?? amount ?? 0n
      batch.create('claim', { account, payout, source, total: sum, parts: '[]', ...place }, place.block)
    },
  }
}

type OfPayer = { payer: Hex }
const wantDeposit = ({ payer }: OfPayer, batch: Batch) => batch.want('deposit', { payer })

function takeFromDeposit(payer: Hex, amount: bigint, batch: Batch, place: Place): Row<'deposit'> {
  const deposit = mustEdit(batch, 'deposit', { payer }, place)
  deposit.balance = subtract(`the deposit of ${payer}`, deposit.balance, amount, place)
  return deposit
}

const Deposited: Handler<OfPayer & { amount: bigint }> = {
  want: wantDeposit,
  apply({ payer, amount }, batch, place) {
    const deposit =
      batch.edit('deposit', { payer }, place.block) ??
      batch.create('deposit', { payer, balance: 0n, leaving: 0n, leavesAt: 0 }, place.block)
    deposit.balance += amount
  },
}

const WithdrawalRequested: Handler<OfPayer & { amount: bigint; leavesAt: bigint }> = {
  want: wantDeposit,
  apply({ payer, amount, leavesAt }, batch, place) {
    // Whoever asks for nothing may have no deposit at all.
    const deposit = batch.edit('deposit', { payer }, place.block)
    if (deposit !== undefined) Object.assign(deposit, { leaving: amount, leavesAt: Number(leavesAt) })
  },
}

const DepositWithdrawn: Handler<OfPayer & { amount: bigint }> = {
  want: wantDeposit,
  apply({ payer, amount }, batch, place) {
    takeFromDeposit(payer, amount, batch, place).leaving = 0n
  },
}

const VoucherCollected: Handler<OfPayer & { runId: Hex; amount: bigint }> = {
  want: wantDeposit,
  apply({ payer, amount }, batch, place) {
    takeFromDeposit(payer, amount, batch, place)
  },
}

export const modelFactoryHandlers: ContractHandlers = {
  RunOpened,
  RunAnchored,
  RunAttested,
  RunRefused,
  RunQuorumReached,
  RunRejected,
  FeePaid,
  SharePaid,
  SharesClaimed: claimOf('shares'),
  FeesClaimed: claimOf('fees'),
  Deposited,
  WithdrawalRequested,
  DepositWithdrawn,
  VoucherCollected,
}
