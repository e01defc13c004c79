import { popcount } from '@datanets/sdk/utils'
import type { Hex } from 'viem'
import type { Batch } from '../core/batch.ts'
import type { Place } from '../core/events.ts'
import { EventGapError } from '../errors.ts'
import { type ContractHandlers, dayOf, type Handler, lotKey } from './handler.ts'
import { lotEvents } from './lots.ts'
import { editAccount, editDatanetDay, editMember, editMemberDay, mustEdit, subtract, wantMember } from './rows.ts'

const modalities = ['Text', 'Image', 'Audio']

const DatanetCreated: Handler<{
  datanetId: bigint
  creator: Hex
  modality: number
  terms: Record<string, unknown> & { rewardPerFile: bigint; lotFee: bigint }
  rules: Hex
}> = {
  want() {},
  apply({ datanetId, creator, modality, terms, rules }, batch, place) {
    const id = Number(datanetId)
    const none = { pending: 0, accepted: 0, rejected: 0, undecided: 0, lapsed: 0, revoked: 0 }
    batch.create(
      'datanet',
      {
        id,
        creator,
        modality: modalities[modality] ?? String(modality),
        terms: JSON.stringify(terms, (_, value) => (typeof value === 'bigint' ? value.toString() : value)),
        rules,
        rewardPerFile: terms.rewardPerFile,
        lotFee: terms.lotFee,
        budget: 0n,
        funded: 0n,
        accrued: 0n,
        lotFees: 0n,
        claimed: 0n,
        contributors: 0,
        submissions: 0,
        totalBytes: 0,
        lots: 0,
        ...none,
        score: 0,
        ...place,
      },
      place.block,
    )
  },
}

const Funded: Handler<{ datanetId: bigint; funder: Hex; amount: bigint }> = {
  want({ datanetId }, batch, { at }) {
    batch.want('datanet', { id: Number(datanetId) })
    batch.want('datanetDay', { datanetId: Number(datanetId), day: dayOf(at) })
  },
  apply({ datanetId, amount }, batch, place) {
    const datanet = mustEdit(batch, 'datanet', { id: Number(datanetId) }, place)
    datanet.budget += amount
    datanet.funded += amount
    editDatanetDay(batch, datanet.id, place).funded += amount
  },
}

const Submitted: Handler<{ lot: bigint; contributor: Hex; entry: bigint; root: Hex; manifests: Hex }> = {
  want({ lot, contributor }, batch, { at }) {
    const { datanetId, number } = lotKey(lot)
    batch.want('datanet', { id: datanetId })
    batch.want('lot', { datanetId, number })
    batch.want('datanetDay', { datanetId, day: dayOf(at) })
    wantMember(batch, datanetId, contributor)
  },
  apply({ lot: lotId, contributor, entry, root, manifests }, batch, place) {
    const { datanetId, number } = lotKey(lotId)
    // The contributor's 160 bits are an argument of their own; what is above them fits a double twice over.
    const upper = entry >> 160n
    const low = Number(upper & 0xffffffffffn)
    const first = low & 0xff
    const count = ((low >>> 8) & 0xff) + 1
    const totalBytes = Math.floor(low / 0x10000) & 0xffffff
    const formats = Number((upper >> 40n) & 0xfffn)

    const datanet = mustEdit(batch, 'datanet', { id: datanetId }, place)
    const lot = openLot(batch, datanet, number, first, place)
    lot.itemCount += count
    lot.submissions++
    const required = BigInt(count) * datanet.rewardPerFile + (first === 0 ? datanet.lotFee : 0n)
    datanet.budget = subtract(`the budget of Datanet ${datanetId}`, datanet.budget, required, place)
    datanet.submissions++
    datanet.pending += count
    datanet.totalBytes += totalBytes

    const account = editAccount(batch, contributor, place)
    const member = editMember(batch, datanetId, contributor, place)
    account.submissions++
    account.totalBytes += totalBytes
    account.pending += count
    member.submissions++
    member.pending += count
    const day = editDatanetDay(batch, datanetId, place)
    day.submitted += count
    day.totalBytes += totalBytes
    batch.create(
      'submission',
      { datanetId, lotNumber: number, first, contributor, count, totalBytes, formats, root, manifests, ...place },
      place.block,
    )
  },
}

/** The open lot a submission enters at `first`: a place other than its end means that a submission is missing. */
function openLot(batch: Batch, datanet: { id: number; lots: number }, number: number, first: number, place: Place) {
  const key = { datanetId: datanet.id, number }
  const lot = batch.edit('lot', key, place.block)
  const end = lot?.itemCount ?? 0
  if (end !== first || (lot !== undefined && lot.status !== 'open')) {
    throw new EventGapError(`lot ${datanet.id}-${number} has ${end} items, the next is number ${first}`, place.block)
  }
  if (lot !== undefined) return lot
  datanet.lots++
  return batch.create(
    'lot',
    {
      ...key,
      status: 'open',
      digest: null,
      submissions: 0,
      itemCount: 0,
      seats: 0n,
      openedAt: place.at,
      closedAt: null,
      settledAt: null,
      accruedAt: null,
      accepted: 0n,
      undecided: 0n,
      revoked: 0n,
      paid: 0,
      released: 0n,
      ...place,
    },
    place.block,
  )
}

const Accrued: Handler<{ lot: bigint; contributor: Hex; first: bigint; count: bigint; amount: bigint }> = {
  want({ lot, contributor }, batch, { at }) {
    const { datanetId, number } = lotKey(lot)
    batch.want('datanet', { id: datanetId })
    batch.want('lot', { datanetId, number })
    batch.want('datanetDay', { datanetId, day: dayOf(at) })
    batch.want('memberDay', { day: dayOf(at), datanetId, address: contributor })
    wantMember(batch, datanetId, contributor)
  },
  apply({ lot: lotId, contributor, first, count, amount }, batch, place) {
    const { datanetId, number } = lotKey(lotId)
    const accepted = Number(count)
    const reached = { scoredBlock: place.block, scoredLogIndex: place.logIndex, scoredAt: place.at }
    const account = editAccount(batch, contributor, place)
    const member = mustEdit(batch, 'member', { datanetId, address: contributor }, place)
    const memberDay = editMemberDay(batch, datanetId, contributor, place)
    for (const standing of [account, member, memberDay]) {
      standing.score += accepted
      standing.earned += amount
      Object.assign(standing, reached)
    }
    const datanet = mustEdit(batch, 'datanet', { id: datanetId }, place)
    datanet.score += accepted
    datanet.accrued += amount
    editDatanetDay(batch, datanetId, place).accrued += amount
    mustEdit(batch, 'lot', { datanetId, number }, place).paid += accepted
    batch.create(
      'accrual',
      { datanetId, lotNumber: number, first: Number(first), contributor, count: accepted, amount, ...place },
      place.block,
    )
  },
}

const LotAccrued: Handler<{ lot: bigint; accepted: bigint; released: bigint }> = {
  want({ lot }, batch) {
    const key = lotKey(lot)
    batch.want('lot', key)
    batch.want('datanet', { id: key.datanetId })
  },
  apply({ lot: lotId, accepted, released }, batch, place) {
    const lot = mustEdit(batch, 'lot', lotKey(lotId), place)
    const due = popcount(accepted)
    if (lot.status !== 'settled' || lot.accepted !== accepted || lot.paid !== due) {
      throw new EventGapError(
        `lot ${lot.datanetId}-${lot.number} is ${lot.status} with ${lot.paid} of ${due} contributions paid`,
        place.block,
      )
    }
    lot.status = 'accrued'
    lot.accruedAt = place.at
    lot.released = released
    mustEdit(batch, 'datanet', { id: lot.datanetId }, place).budget += released
  },
}

const Claimed: Handler<{
  account: Hex
  payout: Hex
  total: bigint
  datanetIds: readonly bigint[]
  amounts: readonly bigint[]
}> = {
  want({ account, datanetIds }, batch) {
    batch.want('account', { address: account })
    for (const id of datanetIds) {
      batch.want('datanet', { id: Number(id) })
      batch.want('member', { datanetId: Number(id), address: account })
    }
  },
  apply({ account, payout, total, datanetIds, amounts }, batch, place) {
    editAccount(batch, account, place).claimed += total
    const parts: { datanetId: string; amount: string }[] = []
    datanetIds.forEach((datanetId, i) => {
      const amount = amounts[i] ?? 0n
      if (amount === 0n) return
      const member = mustEdit(batch, 'member', { datanetId: Number(datanetId), address: account }, place)
      subtract(`the balance of ${account} in Datanet ${datanetId}`, member.earned - member.claimed, amount, place)
      member.claimed += amount
      mustEdit(batch, 'datanet', { id: Number(datanetId) }, place).claimed += amount
      parts.push({ datanetId: String(datanetId), amount: String(amount) })
    })
    batch.create(
      'claim',
      { account, payout, source: 'rewards', total, parts: JSON.stringify(parts), ...place },
      place.block,
    )
  },
}

const PayoutSet: Handler<{ account: Hex; payout: Hex }> = {
  want({ account }, batch) {
    batch.want('account', { address: account })
  },
  apply({ account, payout }, batch, place) {
    editAccount(batch, account, place).payout = BigInt(payout) === 0n ? null : payout
  },
}

export const datanetsHandlers: ContractHandlers = {
  DatanetCreated,
  Funded,
  Submitted,
  ...lotEvents,
  Accrued,
  LotAccrued,
  Claimed,
  PayoutSet,
}
