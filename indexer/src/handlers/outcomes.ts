import { itemsMask } from '@datanets/sdk/utils'
import type { Batch, LotSubmission } from '../core/batch.ts'
import type { Place } from '../core/events.ts'
import type { Row } from '../store/schema.ts'
import { editAccount, editDatanetDay, mustEdit } from './rows.ts'

export const outcomes = ['pending', 'accepted', 'rejected', 'undecided', 'lapsed', 'revoked'] as const
export type Outcome = (typeof outcomes)[number]

type Result = Pick<Row<'lot'>, 'status' | 'itemCount' | 'accepted' | 'undecided' | 'revoked'>

/** The outcome of each item of a lot, as indexes into {@link outcomes}. */
export function outcomesOf({ status, itemCount, accepted, undecided, revoked }: Result): Uint8Array {
  const items = new Uint8Array(itemCount)
  // What is voted on again is not decided.
  if (status === 'open' || status === 'closed' || status === 'appealed') return items
  if (status === 'lapsed') return items.fill(outcomes.indexOf('lapsed'))
  items.fill(outcomes.indexOf('rejected'))
  mark(items, accepted, outcomes.indexOf('accepted'))
  mark(items, undecided, outcomes.indexOf('undecided'))
  mark(items, revoked, outcomes.indexOf('revoked'))
  return items
}

function mark(items: Uint8Array, word: bigint, outcome: number): void {
  let index = 0
  for (let rest = word & itemsMask(items.length); rest !== 0n; rest >>= 32n) {
    const part = Number(rest & 0xffffffffn)
    for (let bit = 0; bit < 32; bit++) if ((part >>> bit) & 1) items[index + bit] = outcome
    index += 32
  }
}

/** Writes a lot's new result and moves every contribution whose outcome it changes, wherever it is counted. */
export function changeResult(
  batch: Batch,
  lot: Row<'lot'>,
  result: Partial<Result>,
  submissions: LotSubmission[],
  place: Place,
): void {
  const before = outcomesOf(lot)
  Object.assign(lot, result)
  const after = outcomesOf(lot)
  const datanet = mustEdit(batch, 'datanet', { id: lot.datanetId }, place)
  const day = editDatanetDay(batch, lot.datanetId, place)
  for (const { first, count, contributor } of submissions) {
    const moved = new Int32Array(outcomes.length)
    let changed = false
    for (let i = first; i < first + count; i++) {
      if (before[i] === after[i]) continue
      moved[before[i]!]!--
      moved[after[i]!]!++
      changed = true
    }
    if (!changed) continue
    const account = editAccount(batch, contributor, place)
    const member = mustEdit(batch, 'member', { datanetId: lot.datanetId, address: contributor }, place)
    for (let i = 0; i < outcomes.length; i++) {
      const change = moved[i]!
      if (change === 0) continue
      const outcome = outcomes[i]!
      account[outcome] += change
      member[outcome] += change
      datanet[outcome] += change
      if (outcome !== 'pending' && outcome !== 'revoked') day[outcome] += change
    }
  }
}
