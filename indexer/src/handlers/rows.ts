import type { Hex } from 'viem'
import type { Batch } from '../core/batch.ts'
import type { Place } from '../core/events.ts'
import { EventGapError } from '../errors.ts'
import type { Row, TableName } from '../store/schema.ts'
import { dayOf } from './handler.ts'

const noOutcomes = { pending: 0, accepted: 0, rejected: 0, undecided: 0, lapsed: 0, revoked: 0 }
const noStanding = { score: 0, scoredBlock: 0, scoredLogIndex: 0, scoredAt: 0, earned: 0n, claimed: 0n }
const noImpact = { impact: 0n, impactBlock: 0, impactLogIndex: 0, impactAt: 0 }

/**
 * The row, which an earlier event must have created.
 * @throws EventGapError when that event is missing.
 */
export function mustEdit<N extends TableName>(batch: Batch, name: N, key: Partial<Row<N>>, place: Place): Row<N> {
  const row = batch.edit(name, key, place.block)
  if (row === undefined) {
    throw new EventGapError(
      `an event is about ${name} ${Object.values(key).join('-')}, which never came to be`,
      place.block,
    )
  }
  return row
}

export function editAccount(batch: Batch, address: Hex, place: Place): Row<'account'> {
  return (
    batch.edit('account', { address }, place.block) ??
    batch.create(
      'account',
      {
        address,
        datanets: 0,
        submissions: 0,
        totalBytes: 0,
        ...noOutcomes,
        ...noStanding,
        ...noImpact,
        bonds: 0n,
        payout: null,
        firstAt: place.at,
      },
      place.block,
    )
  )
}

/** Counts a new member of a Datanet on both sides. */
export function editMember(batch: Batch, datanetId: number, address: Hex, place: Place): Row<'member'> {
  const member = batch.edit('member', { datanetId, address }, place.block)
  if (member !== undefined) return member
  editAccount(batch, address, place).datanets++
  mustEdit(batch, 'datanet', { id: datanetId }, place).contributors++
  return batch.create('member', { datanetId, address, submissions: 0, ...noOutcomes, ...noStanding }, place.block)
}

export function editDatanetDay(batch: Batch, datanetId: number, place: Place): Row<'datanetDay'> {
  const key = { datanetId, day: dayOf(place.at) }
  return (
    batch.edit('datanetDay', key, place.block) ??
    batch.create(
      'datanetDay',
      {
        ...key,
        submitted: 0,
        totalBytes: 0,
        accepted: 0,
        rejected: 0,
        undecided: 0,
        lapsed: 0,
        accrued: 0n,
        funded: 0n,
        lotFees: 0n,
      },
      place.block,
    )
  )
}

export function editMemberDay(batch: Batch, datanetId: number, address: Hex, place: Place): Row<'memberDay'> {
  const key = { day: dayOf(place.at), datanetId, address }
  return (
    batch.edit('memberDay', key, place.block) ??
    batch.create(
      'memberDay',
      { ...key, score: 0, scoredBlock: 0, scoredLogIndex: 0, scoredAt: 0, earned: 0n },
      place.block,
    )
  )
}

/** Asks for everything {@link editMember} may touch. */
export function wantMember(batch: Batch, datanetId: number, address: Hex): void {
  batch.want('account', { address })
  batch.want('member', { datanetId, address })
}

/** A sum that cannot fall below zero unless an event is missing. */
export function subtract(what: string, value: bigint, amount: bigint, place: Place): bigint {
  if (amount > value) throw new EventGapError(`${what} of ${value} wei would lose ${amount}`, place.block)
  return value - amount
}
