import type { Hex } from 'viem'
import type { AsOf, Fee, Page, Run, RunDetail, RunShare, RunStatus, RunVote } from '../api/types.ts'
import type { Row } from '../store/schema.ts'
import { tables } from '../store/schema.ts'
import { columnsOf } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import { consistent } from './consistent.ts'
import { type ListOptions, listRows, pageOf, rowsByKey, rowsOf } from './list.ts'
import { MAX_PAGE_SIZE, type PageQuery, UnknownEntityError } from './page.ts'
import { toAddress, toCid, toPlace } from './rows.ts'

/** Steps of a lineage that one answer follows. */
const MAX_LINEAGE = 64

export async function getRuns(store: Store, query: PageQuery & { owner?: Hex | undefined }): Promise<Page<Run>> {
  return consistent(store, async (asOf) => {
    const options: ListOptions<'run', Run> = {
      table: 'run',
      list: `runs-${query.owner ?? 'all'}`,
      order: ['block', 'logIndex'],
      newestFirst: true,
      filter: { owner: query.owner },
      query,
      toItem: (row) => toRun(row, asOf),
    }
    return pageOf(await rowsOf(store, options), options)
  })
}

/** A run with its lineage and every validator's word on its results. */
export async function getRun(store: Store, id: Hex): Promise<RunDetail> {
  return consistent(store, async (asOf) => {
    const [run] = await rowsByKey(store, 'run', [{ id }])
    if (run === undefined) throw new UnknownEntityError('run', id)
    const { columns } = tables.runVote
    const votes = await store.read(
      columns,
      `select ${columnsOf(columns)} from run_vote where run_id = ? order by block, log_index limit 1000`,
      [id],
    )
    const children = await store.read(
      { id: 'bytes' } as const,
      'select id from run where parent = ? order by block, log_index limit ?',
      [id, MAX_PAGE_SIZE],
    )
    return {
      ...toRun(run, asOf),
      lineage: await lineageOf(store, run),
      children: children.map((child) => child.id),
      votes: votes.map(toRunVote),
    }
  })
}

export function getShares(store: Store, runId: Hex, query: PageQuery): Promise<Page<RunShare>> {
  return listRows(store, {
    table: 'share',
    list: `shares-${runId}`,
    order: ['index'],
    filter: { runId },
    query,
    toItem: (row): RunShare => ({
      runId: row.runId,
      index: row.index,
      account: toAddress(row.account),
      share: row.share,
      paid: row.paid.toString(),
      place: toPlace(row),
    }),
  })
}

export function getFees(store: Store, runId: Hex, query: PageQuery): Promise<Page<Fee>> {
  return listRows(store, {
    table: 'fee',
    list: `fees-${runId}`,
    order: ['block', 'logIndex'],
    newestFirst: true,
    filter: { runId },
    query,
    toItem: (row): Fee => ({
      runId: row.runId,
      payer: toAddress(row.payer),
      amount: row.amount.toString(),
      toPlatform: row.toPlatform.toString(),
      toOwner: row.toOwner.toString(),
      toStakers: row.toStakers.toString(),
      toContributors: row.toContributors.toString(),
      toParent: row.toParent.toString(),
      place: toPlace(row),
    }),
  })
}

async function lineageOf(store: Store, run: Row<'run'>): Promise<Hex[]> {
  const lineage = [run.id]
  for (let parent = run.parent; parent !== null && lineage.length < MAX_LINEAGE; ) {
    lineage.push(parent)
    const [next] = await rowsByKey(store, 'run', [{ id: parent }])
    parent = next?.parent ?? null
  }
  return lineage
}

function toRun(row: Row<'run'>, { timestamp }: AsOf): Run {
  const result = row.result === null ? null : (JSON.parse(row.result) as Record<string, string>)
  return {
    id: row.id,
    owner: toAddress(row.owner),
    parent: row.parent,
    status: statusOf(row, timestamp),
    spec: JSON.parse(row.spec),
    datasetCid: toCid(row.dataset),
    result,
    resultHash: row.resultHash,
    attributionCid: result === null ? null : toCid(result.attribution as Hex),
    attestations: row.attestations,
    refusals: row.refusals,
    quorum: row.quorum,
    finalAfter: row.finalAfter,
    fees: row.fees,
    feeTotal: row.feeTotal.toString(),
    poolTotal: row.poolTotal.toString(),
    poolClaimed: row.poolClaimed.toString(),
    anchoredAt: row.anchoredAt,
    place: toPlace(row),
  }
}

/** An attested run becomes final by time alone: no event says so. */
function statusOf({ status, finalAfter }: Row<'run'>, timestamp: number): RunStatus {
  const isFinal = status === 'attested' && finalAfter !== null && timestamp > finalAfter
  return isFinal ? 'final' : (status as RunStatus)
}

function toRunVote(row: Row<'runVote'>): RunVote {
  return {
    runId: row.runId,
    validatorId: row.validatorId,
    vote: row.vote as RunVote['vote'],
    reportCid: row.report === null ? null : toCid(row.report),
    place: toPlace(row),
  }
}
