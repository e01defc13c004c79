import type { Hex } from 'viem'
import type { Contributor, Member, Page, Payment } from '../api/types.ts'
import type { Row } from '../store/schema.ts'
import { tables } from '../store/schema.ts'
import { columnsOf } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import { consistent } from './consistent.ts'
import { listRows, rowsByKey } from './list.ts'
import { MAX_PAGE_SIZE, type PageQuery, UnknownEntityError } from './page.ts'
import { acceptanceRate, toAddress, toOutcomes, toPlace } from './rows.ts'

/** An account with its first {@link MAX_PAGE_SIZE} Datanets. */
export async function getContributor(store: Store, address: Hex): Promise<Contributor> {
  return consistent(store, async () => {
    const [account] = await rowsByKey(store, 'account', [{ address }])
    if (account === undefined) throw new UnknownEntityError('contributor', address)
    const { columns } = tables.member
    const members = await store.read(
      columns,
      `select ${columnsOf(columns)} from member where address = ? order by datanet_id limit ?`,
      [address, MAX_PAGE_SIZE],
    )
    return toContributor(account, members)
  })
}

/** What an account was paid to its balances, the newest first. */
export function getAccruals(store: Store, address: Hex, query: PageQuery): Promise<Page<Payment>> {
  return listRows(store, {
    table: 'accrual',
    list: `accruals-${address}`,
    order: ['block', 'logIndex'],
    newestFirst: true,
    filter: { contributor: address },
    query,
    toItem: (row): Payment => ({
      kind: 'accrued',
      account: toAddress(row.contributor),
      payout: null,
      amount: row.amount.toString(),
      lot: `${row.datanetId}-${row.lotNumber}`,
      place: toPlace(row),
    }),
  })
}

/** What left for an account's wallet, the newest first. */
export function getClaims(store: Store, address: Hex, query: PageQuery): Promise<Page<Payment>> {
  return listRows(store, {
    table: 'claim',
    list: `claims-${address}`,
    order: ['block', 'logIndex'],
    newestFirst: true,
    filter: { account: address },
    query,
    toItem: (row): Payment => ({
      kind: row.source as Payment['kind'],
      account: toAddress(row.account),
      payout: toAddress(row.payout),
      amount: row.total.toString(),
      lot: null,
      place: toPlace(row),
    }),
  })
}

function toContributor(row: Row<'account'>, members: Row<'member'>[]): Contributor {
  return {
    account: toAddress(row.address),
    score: row.score,
    rewards: row.earned.toString(),
    claimed: row.claimed.toString(),
    impact: row.impact.toString(),
    submissions: row.submissions,
    totalBytes: row.totalBytes,
    ...toOutcomes(row),
    acceptanceRate: acceptanceRate(row),
    payout: toAddress(row.payout ?? row.address),
    firstAt: row.firstAt,
    datanets: members.map(toMember),
  }
}

function toMember(row: Row<'member'>): Member {
  return {
    datanetId: row.datanetId,
    score: row.score,
    rewards: row.earned.toString(),
    claimed: row.claimed.toString(),
    submissions: row.submissions,
    ...toOutcomes(row),
    acceptanceRate: acceptanceRate(row),
  }
}
