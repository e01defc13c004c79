import { itemsMask, popcount, unpackSeats } from '@datanets/sdk/utils'
import type { Hex } from 'viem'
import type { Batch } from '../core/batch.ts'
import type { Place } from '../core/events.ts'
import type { Row } from '../store/schema.ts'
import { type ContractHandlers, type Handler, lotKey } from './handler.ts'
import { wantSeat } from './lots.ts'
import { editAccount, mustEdit, subtract } from './rows.ts'

type OfLot = { lot: bigint }
type OfObjection = OfLot & { objection: bigint }

function appealKey(lotId: bigint): { datanetId: number; lotNumber: number } {
  const { datanetId, number } = lotKey(lotId)
  return { datanetId, lotNumber: number }
}

function wantAppeal({ lot }: OfLot, batch: Batch): void {
  batch.want('appeal', appealKey(lot))
}

function wantObjection({ lot, objection }: OfObjection, batch: Batch): void {
  wantAppeal({ lot }, batch)
  batch.want('objection', { ...appealKey(lot), number: Number(objection) })
}

function editAppeal(lotId: bigint, batch: Batch, place: Place): Row<'appeal'> {
  return mustEdit(batch, 'appeal', appealKey(lotId), place)
}

function editObjection({ lot, objection }: OfObjection, batch: Batch, place: Place): Row<'objection'> {
  return mustEdit(batch, 'objection', { ...appealKey(lot), number: Number(objection) }, place)
}

const Objected: Handler<OfObjection & { appellant: Hex; items: bigint; bond: bigint }> = {
  want({ lot, appellant }, batch) {
    wantAppeal({ lot }, batch)
    batch.want('account', { address: appellant })
  },
  apply({ lot, objection, appellant, items, bond }, batch, place) {
    const key = appealKey(lot)
    const appeal =
      batch.edit('appeal', key, place.block) ??
      batch.create(
        'appeal',
        {
          ...key,
          status: 'open',
          items: 0n,
          changed: 0n,
          digest: null,
          seats: 0n,
          seatsVoted: 0,
          quorum: 0,
          voteEndsAt: 0,
          objections: 0,
          ...place,
        },
        place.block,
      )
    appeal.items |= items
    appeal.objections++
    const nothing = { defender: null, won: null, toAppellant: 0n, toDefender: 0n, perMember: 0n }
    batch.create(
      'objection',
      { ...key, number: Number(objection), appellant, items, bond, ...nothing, ...place },
      place.block,
    )
  },
}

const Defended: Handler<OfObjection & { defender: Hex; bond: bigint }> = {
  want({ lot, objection, defender }, batch) {
    wantObjection({ lot, objection }, batch)
    batch.want('account', { address: defender })
  },
  apply(args, batch, place) {
    editObjection(args, batch, place).defender = args.defender
  },
}

const AppealSeated: Handler<OfLot & { digest: Hex; items: bigint; seats: bigint; quorum: bigint; voteEndsAt: bigint }> =
  {
    want({ lot, seats }, batch) {
      wantAppeal({ lot }, batch)
      for (const id of unpackSeats(seats)) batch.want('validator', { id })
    },
    apply({ lot, digest, items, seats, quorum, voteEndsAt }, batch, place) {
      Object.assign(editAppeal(lot, batch, place), {
        status: 'seated',
        digest,
        items,
        seats,
        quorum: Number(quorum),
        voteEndsAt: Number(voteEndsAt),
      })
      for (const id of unpackSeats(seats)) mustEdit(batch, 'validator', { id }, place).lotsSeated++
    },
  }

const AppealAttested: Handler<OfLot & { validatorId: bigint; accepted: bigint; rejected: bigint; report: Hex }> = {
  want({ lot, validatorId }, batch) {
    wantSeat(batch, lot, Number(validatorId), 1)
  },
  apply({ lot, validatorId, accepted, rejected, report }, batch, place) {
    const id = Number(validatorId)
    const voted = popcount(accepted | rejected)
    const votes = { accepted, rejected, report, posted: 1, counted: 0, pay: 0n, information: 0, agreed: 0, voted }
    batch.create('attestation', { ...appealKey(lot), round: 1, validatorId: id, ...votes, ...place }, place.block)
    const validator = mustEdit(batch, 'validator', { id }, place)
    validator.lotsAttested++
    validator.votes += voted
  },
}

const AppealSettled: Handler<OfLot & { changed: bigint; accepted: bigint; undecided: bigint; seatsVoted: bigint }> = {
  deep: true,
  want({ lot }, batch) {
    batch.want('lot', lotKey(lot))
    wantAppeal({ lot }, batch)
    for (const id of unpackSeats(batch.get('appeal', appealKey(lot))?.seats ?? 0n)) wantSeat(batch, lot, id, 1)
  },
  apply({ lot: lotId, changed, accepted, undecided, seatsVoted }, batch, place) {
    const lot = mustEdit(batch, 'lot', lotKey(lotId), place)
    const appeal = editAppeal(lotId, batch, place)
    Object.assign(appeal, { status: 'settled', changed, seatsVoted: Number(seatsVoted) })
    const rejected = itemsMask(lot.itemCount) & ~(accepted | undecided)
    unpackSeats(appeal.seats).forEach((validatorId, seat) => {
      if (((Number(seatsVoted) >> seat) & 1) === 0) return
      const vote = mustEdit(batch, 'attestation', { ...appealKey(lotId), round: 1, validatorId }, place)
      vote.counted = 1
      vote.agreed = popcount((vote.accepted & accepted) | (vote.rejected & rejected))
      mustEdit(batch, 'validator', { id: validatorId }, place).agreed += vote.agreed
    })
  },
}

const AppealLapsed: Handler<OfLot & { seatsVoted: bigint }> = {
  want: wantAppeal,
  apply({ lot, seatsVoted }, batch, place) {
    Object.assign(editAppeal(lot, batch, place), { status: 'lapsed', seatsVoted: Number(seatsVoted) })
  },
}

const ObjectionResolved: Handler<
  OfObjection & { won: boolean; toAppellant: bigint; toDefender: bigint; perMember: bigint }
> = {
  deep: true,
  want({ lot, objection }, batch) {
    wantObjection({ lot, objection }, batch)
    const row = batch.get('objection', { ...appealKey(lot), number: Number(objection) })
    if (row !== undefined) batch.want('account', { address: row.appellant })
    if (row?.defender) batch.want('account', { address: row.defender })
    for (const id of unpackSeats(batch.get('appeal', appealKey(lot))?.seats ?? 0n)) {
      batch.want('validator', { id })
      const validator = batch.get('validator', { id })
      if (validator !== undefined) batch.want('account', { address: validator.account })
    }
  },
  apply({ lot, objection, won, toAppellant, toDefender, perMember }, batch, place) {
    const row = editObjection({ lot, objection }, batch, place)
    Object.assign(row, { won: won ? 1 : 0, toAppellant, toDefender, perMember })
    if (toAppellant !== 0n) editAccount(batch, row.appellant, place).bonds += toAppellant
    if (toDefender !== 0n && row.defender !== null) editAccount(batch, row.defender, place).bonds += toDefender
    if (perMember === 0n) return
    const { seats, seatsVoted } = editAppeal(lot, batch, place)
    unpackSeats(seats).forEach((id, seat) => {
      if (((seatsVoted >> seat) & 1) === 0) return
      editAccount(batch, mustEdit(batch, 'validator', { id }, place).account, place).bonds += perMember
    })
  },
}

const BondsClaimed: Handler<{ account: Hex; payout: Hex; amount: bigint }> = {
  want: ({ account }, batch) => batch.want('account', { address: account }),
  apply({ account, payout, amount }, batch, place) {
    const row = editAccount(batch, account, place)
    row.bonds = subtract(`the bonds of ${account}`, row.bonds, amount, place)
    batch.create('claim', { account, payout, source: 'bonds', total: amount, parts: '[]', ...place }, place.block)
  },
}

export const appealsHandlers: ContractHandlers = {
  Objected,
  Defended,
  AppealSeated,
  AppealAttested,
  AppealSettled,
  AppealLapsed,
  ObjectionResolved,
  BondsClaimed,
}
