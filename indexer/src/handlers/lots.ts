import { countAccepts, informationScore, itemsMask, popcount, unpackSeats } from '@datanets/sdk/utils'
import type { Hex } from 'viem'
import type { Batch } from '../core/batch.ts'
import type { Place } from '../core/events.ts'
import { EventGapError } from '../errors.ts'
import type { Row } from '../store/schema.ts'
import { type ContractHandlers, dayOf, type Handler, lotKey } from './handler.ts'
import { changeResult } from './outcomes.ts'
import { editAccount, editDatanetDay, mustEdit, subtract, wantMember } from './rows.ts'

type Votes = readonly [accepted: Hex, rejected: Hex, report: Hex]

/** Asks for a lot and everyone whose contributions its result moves. */
function wantLot(lotId: bigint, batch: Batch, { at }: Place): void {
  const { datanetId, number } = lotKey(lotId)
  batch.want('lot', { datanetId, number })
  batch.want('datanet', { id: datanetId })
  batch.want('datanetDay', { datanetId, day: dayOf(at) })
  for (const { contributor } of batch.submissionsOf(datanetId, number)) wantMember(batch, datanetId, contributor)
  for (const id of unpackSeats(batch.get('lot', { datanetId, number })?.seats ?? 0n)) wantSeat(batch, lotId, id)
}

/** Asks for a validator and its votes on a lot. */
export function wantSeat(batch: Batch, lotId: bigint, validatorId: number, round: 0 | 1 = 0): void {
  const { datanetId, number } = lotKey(lotId)
  batch.want('validator', { id: validatorId })
  batch.want('attestation', { datanetId, lotNumber: number, round, validatorId })
}

/** The lot, which must stand where the event found it. */
function lotIn(status: string, lotId: bigint, batch: Batch, place: Place): Row<'lot'> {
  const lot = mustEdit(batch, 'lot', lotKey(lotId), place)
  if (lot.status !== status) {
    throw new EventGapError(`lot ${lot.datanetId}-${lot.number} is ${lot.status} and should be ${status}`, place.block)
  }
  return lot
}

const LotClosed: Handler<{ lot: bigint; digest: Hex; itemCount: bigint; seats: bigint; closedAt: bigint }> = {
  want({ lot, seats }, batch) {
    batch.want('lot', lotKey(lot))
    for (const id of unpackSeats(seats)) wantSeat(batch, lot, id)
  },
  apply({ lot: lotId, digest, itemCount, seats, closedAt }, batch, place) {
    const lot = lotIn('open', lotId, batch, place)
    if (lot.itemCount !== Number(itemCount)) {
      throw new EventGapError(
        `lot ${lot.datanetId}-${lot.number} closed with ${itemCount} items, ${lot.itemCount} are known`,
        place.block,
      )
    }
    Object.assign(lot, { status: 'closed', digest, seats, closedAt: Number(closedAt) })
    for (const id of unpackSeats(seats)) mustEdit(batch, 'validator', { id }, place).lotsSeated++
  },
}

const AttestationPosted: Handler<{
  lot: bigint
  validatorId: bigint
  accepted: bigint
  rejected: bigint
  report: Hex
}> = {
  want({ lot, validatorId }, batch) {
    batch.want('lot', lotKey(lot))
    wantSeat(batch, lot, Number(validatorId))
  },
  apply({ lot: lotId, validatorId, accepted, rejected, report }, batch, place) {
    lotIn('closed', lotId, batch, place)
    const { datanetId, number: lotNumber } = lotKey(lotId)
    const votes = { accepted, rejected, report, posted: 1, counted: 0, pay: 0n, information: 0, agreed: 0, voted: 0 }
    batch.create(
      'attestation',
      { datanetId, lotNumber, round: 0, validatorId: Number(validatorId), ...votes, ...place },
      place.block,
    )
  },
}

const LotSettled: Handler<{
  lot: bigint
  accepted: bigint
  undecided: bigint
  settledAt: bigint
  seatsVoted: bigint
  votes: readonly Votes[]
  pay: readonly bigint[]
}> = {
  lot: ({ lot }) => lot,
  want: ({ lot }, batch, place) => wantLot(lot, batch, place),
  apply({ lot: lotId, accepted, undecided, settledAt, seatsVoted, votes, pay }, batch, place) {
    const lot = lotIn('closed', lotId, batch, place)
    const submissions = batch.submissionsOf(lot.datanetId, lot.number)
    const result = { status: 'settled', accepted, undecided, revoked: 0n }
    changeResult(batch, lot, result, submissions, place)
    lot.settledAt = Number(settledAt)
    const voters = unpackSeats(lot.seats).filter((_, seat) => (seatsVoted >> BigInt(seat)) & 1n)
    recordVotes(batch, lot, 0, voters, votes, pay, place)
    const paid = pay.reduce((sum, part) => sum + part, 0n)
    mustEdit(batch, 'datanet', { id: lot.datanetId }, place).lotFees += paid
    editDatanetDay(batch, lot.datanetId, place).lotFees += paid
  },
}

/** Writes how each validator voted, what it earned, and how its votes compare with the others' and the result. */
export function recordVotes(
  batch: Batch,
  lot: Row<'lot'>,
  round: number,
  voters: number[],
  votes: readonly Votes[],
  pay: readonly bigint[],
  place: Place,
): void {
  const words = votes.map(([accepted, rejected, report]) => ({
    accepted: BigInt(accepted),
    rejected: BigInt(rejected),
    report,
  }))
  const counter = countAccepts(words)
  const rejectedItems = itemsMask(lot.itemCount) & ~(lot.accepted | lot.undecided)
  voters.forEach((validatorId, i) => {
    const vote = words[i]!
    const { accepted } = vote
    const score = informationScore({ counter, accepts: accepted, attestations: words.length, itemCount: lot.itemCount })
    const information = Number(score)
    const agreed = popcount((accepted & lot.accepted) | (vote.rejected & rejectedItems))
    const voted = popcount(accepted | vote.rejected)
    const earned = pay[i] ?? 0n
    const key = { datanetId: lot.datanetId, lotNumber: lot.number, round, validatorId }
    const counted = { ...vote, counted: 1, pay: earned, information, agreed, voted }
    const posted = batch.edit('attestation', key, place.block)
    if (posted !== undefined) Object.assign(posted, counted)
    else batch.create('attestation', { ...key, posted: 0, ...counted, ...place }, place.block)
    const validator = mustEdit(batch, 'validator', { id: validatorId }, place)
    validator.lotsAttested++
    validator.votes += voted
    validator.agreed += agreed
    validator.information += information
    validator.earned += earned
  })
}

const LotLapsed: Handler<{ lot: bigint; released: bigint }> = {
  lot: ({ lot }) => lot,
  want: ({ lot }, batch, place) => wantLot(lot, batch, place),
  apply({ lot: lotId, released }, batch, place) {
    const lot = lotIn('closed', lotId, batch, place)
    changeResult(batch, lot, { status: 'lapsed' }, batch.submissionsOf(lot.datanetId, lot.number), place)
    lot.released = released
    mustEdit(batch, 'datanet', { id: lot.datanetId }, place).budget += released
  },
}

const DuplicateRevoked: Handler<{
  lot: bigint
  index: bigint
  earlierLot: bigint
  earlierIndex: bigint
  prover: Hex
  reward: bigint
}> = {
  lot: ({ lot }) => lot,
  want({ lot, prover }, batch, place) {
    wantLot(lot, batch, place)
    batch.want('account', { address: prover })
  },
  apply({ lot: lotId, index, earlierLot, earlierIndex, prover, reward }, batch, place) {
    const lot = lotIn('settled', lotId, batch, place)
    const bit = 1n << index
    const result = { accepted: lot.accepted & ~bit, revoked: lot.revoked | bit }
    changeResult(batch, lot, result, batch.submissionsOf(lot.datanetId, lot.number), place)
    editAccount(batch, prover, place)
    const earlier = { earlierLotNumber: lotKey(earlierLot).number, earlierItem: Number(earlierIndex) }
    batch.create(
      'revocation',
      { datanetId: lot.datanetId, lotNumber: lot.number, item: Number(index), ...earlier, prover, reward, ...place },
      place.block,
    )
  },
}

const LotAppealed: Handler<{ lot: bigint }> = {
  want: ({ lot }, batch) => batch.want('lot', lotKey(lot)),
  apply({ lot: lotId }, batch, place) {
    lotIn('settled', lotId, batch, place).status = 'appealed'
  },
}

const LotAppealClosed: Handler<{
  lot: bigint
  accepted: bigint
  undecided: bigint
  paid: bigint
  pay: readonly bigint[]
}> = {
  lot: ({ lot }) => lot,
  want({ lot, paid }, batch, place) {
    wantLot(lot, batch, place)
    for (const id of unpackSeats(paid)) wantSeat(batch, lot, id, 1)
  },
  apply({ lot: lotId, accepted, undecided, paid, pay }, batch, place) {
    const lot = lotIn('appealed', lotId, batch, place)
    const result = { status: 'settled', accepted, undecided }
    changeResult(batch, lot, result, batch.submissionsOf(lot.datanetId, lot.number), place)
    const { datanetId, number: lotNumber } = lot
    const datanet = mustEdit(batch, 'datanet', { id: datanetId }, place)
    unpackSeats(paid).forEach((validatorId, i) => {
      const earned = pay[i] ?? 0n
      datanet.budget = subtract(`the budget of Datanet ${datanetId}`, datanet.budget, earned, place)
      datanet.lotFees += earned
      editDatanetDay(batch, datanetId, place).lotFees += earned
      mustEdit(batch, 'validator', { id: validatorId }, place).earned += earned
      mustEdit(batch, 'attestation', { datanetId, lotNumber, round: 1, validatorId }, place).pay += earned
    })
  },
}

export const lotEvents: ContractHandlers = {
  LotClosed,
  AttestationPosted,
  LotSettled,
  LotLapsed,
  DuplicateRevoked,
  LotAppealed,
  LotAppealClosed,
}
