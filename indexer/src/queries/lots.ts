import { unpackSeats } from '@datanets/sdk/utils'
import type { Appeal, Lot, LotDetail, LotStatus, Page, Submission, Vote } from '../api/types.ts'
import type { Row } from '../store/schema.ts'
import { tables } from '../store/schema.ts'
import { columnsOf } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import { consistent } from './consistent.ts'
import { listRows, parseLot, rowsByKey } from './list.ts'
import { type PageQuery, UnknownEntityError } from './page.ts'
import { toAddress, toCid, toPlace, toWord } from './rows.ts'

export type LotsQuery = PageQuery & { datanetId?: number | undefined; status?: LotStatus | undefined }

export function getLots(store: Store, query: LotsQuery): Promise<Page<Lot>> {
  const { datanetId, status } = query
  return listRows(store, {
    table: 'lot',
    list: `lots-${datanetId ?? 'all'}-${status ?? 'all'}`,
    order: ['datanetId', 'number'],
    newestFirst: true,
    filter: { status, datanetId },
    query,
    toItem: toLot,
  })
}

/** A lot with its submissions, every vote on it, and its appeal. */
export async function getLot(store: Store, id: string): Promise<LotDetail> {
  const key = parseLot(id)
  return consistent(store, async () => {
    const [lot] = await rowsByKey(store, 'lot', [key])
    if (lot === undefined) throw new UnknownEntityError('lot', id)
    const of = [key.datanetId, key.number]
    const where = 'where datanet_id = ? and lot_number = ?'
    const { submission, attestation, objection } = tables
    const submissions = await store.read(
      submission.columns,
      `select ${columnsOf(submission.columns)} from submission ${where} order by first`,
      of,
    )
    const votes = await store.read(
      attestation.columns,
      `select ${columnsOf(attestation.columns)} from attestation ${where} order by round, validator_id`,
      of,
    )
    const [appeal] = await rowsByKey(store, 'appeal', [{ datanetId: key.datanetId, lotNumber: key.number }])
    const objections =
      appeal === undefined
        ? []
        : await store.read(
            objection.columns,
            `select ${columnsOf(objection.columns)} from objection ${where} order by number limit 256`,
            of,
          )
    return {
      ...toLot(lot),
      submissions: submissions.map(toSubmission),
      votes: votes.map(toVote),
      appeal: appeal === undefined ? null : toAppeal(appeal, objections),
    }
  })
}

export function toLot(row: Row<'lot'>): Lot {
  return {
    id: `${row.datanetId}-${row.number}`,
    datanetId: row.datanetId,
    number: row.number,
    status: row.status as LotStatus,
    digest: row.digest,
    itemCount: row.itemCount,
    seats: unpackSeats(row.seats),
    openedAt: row.openedAt,
    closedAt: row.closedAt,
    settledAt: row.settledAt,
    accruedAt: row.accruedAt,
    accepted: toWord(row.accepted),
    undecided: toWord(row.undecided),
    revoked: toWord(row.revoked),
    released: row.released.toString(),
    place: toPlace(row),
  }
}

export function toSubmission(row: Row<'submission'>): Submission {
  return {
    lot: `${row.datanetId}-${row.lotNumber}`,
    first: row.first,
    count: row.count,
    contributor: toAddress(row.contributor),
    totalBytes: row.totalBytes,
    formats: row.formats,
    root: row.root,
    manifests: row.manifests,
    manifestsCid: toCid(row.manifests),
    place: toPlace(row),
  }
}

export function toVote(row: Row<'attestation'>): Vote {
  return {
    lot: `${row.datanetId}-${row.lotNumber}`,
    validatorId: row.validatorId,
    round: row.round,
    accepted: toWord(row.accepted),
    rejected: toWord(row.rejected),
    report: row.report,
    reportCid: toCid(row.report),
    posted: row.posted === 1,
    counted: row.counted === 1,
    pay: row.pay.toString(),
    informationScore: row.information,
    agreed: row.agreed,
    voted: row.voted,
    place: toPlace(row),
  }
}

function toAppeal(row: Row<'appeal'>, objections: Row<'objection'>[]): Appeal {
  return {
    status: row.status as Appeal['status'],
    items: toWord(row.items),
    changed: toWord(row.changed),
    seats: unpackSeats(row.seats),
    quorum: row.quorum,
    voteEndsAt: row.voteEndsAt,
    objections: objections.map((objection) => ({
      number: objection.number,
      appellant: toAddress(objection.appellant),
      items: toWord(objection.items),
      bond: objection.bond.toString(),
      defender: objection.defender === null ? null : toAddress(objection.defender),
      won: objection.won === null ? null : objection.won === 1,
      place: toPlace(objection),
    })),
  }
}
