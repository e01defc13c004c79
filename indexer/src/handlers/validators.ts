import type { Hex } from 'viem'
import type { Batch } from '../core/batch.ts'
import type { Place } from '../core/events.ts'
import { EventGapError } from '../errors.ts'
import type { Row } from '../store/schema.ts'
import type { ContractHandlers, Handler } from './handler.ts'
import { mustEdit } from './rows.ts'

type OfValidator = { validatorId: bigint }

function wantValidator({ validatorId }: OfValidator, batch: Batch): void {
  batch.want('validator', { id: Number(validatorId) })
  batch.want('staking', { id: 0 })
}

function editStaking(batch: Batch, place: Place): Row<'staking'> {
  return (
    batch.edit('staking', { id: 0 }, place.block) ??
    batch.create('staking', { id: 0, units: 0, distributed: 0n, perUnitX64: 0n, slashed: 0n }, place.block)
  )
}

/** The validator with its staker fees settled, ready for its units to change. Mirror of `_settleStakerFees`. */
function settled(batch: Batch, validatorId: bigint, place: Place): Row<'validator'> {
  const validator = mustEdit(batch, 'validator', { id: Number(validatorId) }, place)
  const { perUnitX64 } = editStaking(batch, place)
  validator.stakerFees += (BigInt(validator.units) * (perUnitX64 - validator.perUnitX64)) >> 64n
  validator.perUnitX64 = perUnitX64
  return validator
}

function removeUnits(validator: Row<'validator'>, units: number, place: Place): void {
  if (units > validator.units) {
    throw new EventGapError(`validator ${validator.id} has ${validator.units} units and gives up ${units}`, place.block)
  }
  validator.units -= units
}

const ValidatorRegistered: Handler<OfValidator & { account: Hex; signingKey: Hex }> = {
  want({ validatorId }, batch) {
    if (validatorId > 1n) batch.want('validator', { id: Number(validatorId) - 1 })
    batch.want('staking', { id: 0 })
  },
  apply({ validatorId, account, signingKey }, batch, place) {
    const id = Number(validatorId)
    if (id > 1 && batch.get('validator', { id: id - 1 }) === undefined) {
      throw new EventGapError(`validator ${id} was registered before validator ${id - 1}`, place.block)
    }
    batch.create(
      'validator',
      {
        id,
        account,
        signingKey,
        units: 0,
        unbondingUnits: 0,
        unbondsAt: 0,
        slashed: 0,
        lotsSeated: 0,
        lotsAttested: 0,
        votes: 0,
        agreed: 0,
        information: 0,
        earned: 0n,
        claimed: 0n,
        stakerFees: 0n,
        perUnitX64: editStaking(batch, place).perUnitX64,
        ...place,
      },
      place.block,
    )
    batch.create('signingKey', { address: signingKey, validatorId: id, ...place }, place.block)
  },
}

const SigningKeyChanged: Handler<OfValidator & { signingKey: Hex }> = {
  want: wantValidator,
  apply({ validatorId, signingKey }, batch, place) {
    const validator = mustEdit(batch, 'validator', { id: Number(validatorId) }, place)
    validator.signingKey = signingKey
    batch.create('signingKey', { address: signingKey, validatorId: validator.id, ...place }, place.block)
  },
}

const Staked: Handler<OfValidator & { units: bigint; amount: bigint }> = {
  want: wantValidator,
  apply({ validatorId, units }, batch, place) {
    settled(batch, validatorId, place).units += Number(units)
    editStaking(batch, place).units += Number(units)
  },
}

const Unstaked: Handler<OfValidator & { units: bigint; unbondsAt: bigint }> = {
  want: wantValidator,
  apply({ validatorId, units, unbondsAt }, batch, place) {
    const validator = settled(batch, validatorId, place)
    removeUnits(validator, Number(units), place)
    validator.unbondingUnits += Number(units)
    validator.unbondsAt = Number(unbondsAt)
    editStaking(batch, place).units -= Number(units)
  },
}

const Withdrawn: Handler<OfValidator & { units: bigint; amount: bigint }> = {
  want: wantValidator,
  apply({ validatorId, units }, batch, place) {
    const validator = mustEdit(batch, 'validator', { id: Number(validatorId) }, place)
    if (Number(units) !== validator.unbondingUnits) {
      throw new EventGapError(
        `validator ${validator.id} withdraws ${units} units of ${validator.unbondingUnits}`,
        place.block,
      )
    }
    validator.unbondingUnits = 0
  },
}

const Slashed: Handler<OfValidator & { lot: Hex; reporter: Hex; amount: bigint; reward: bigint }> = {
  want: wantValidator,
  apply({ validatorId, lot, reporter, amount, reward }, batch, place) {
    const validator = settled(batch, validatorId, place)
    const staking = editStaking(batch, place)
    staking.units -= validator.units
    staking.slashed += amount
    Object.assign(validator, { units: 0, unbondingUnits: 0, slashed: 1 })
    batch.create(
      'slashing',
      { validatorId: validator.id, digest: lot, reporter, amount, reward, ...place },
      place.block,
    )
  },
}

const Distributed: Handler<{ payer: Hex; amount: bigint; perUnitX64: bigint }> = {
  want: (_, batch) => batch.want('staking', { id: 0 }),
  apply({ amount, perUnitX64 }, batch, place) {
    const staking = editStaking(batch, place)
    staking.distributed += amount
    staking.perUnitX64 += perUnitX64
  },
}

const EarningsClaimed: Handler<OfValidator & { payout: Hex; lotFees: bigint; stakerFees: bigint }> = {
  want: wantValidator,
  apply({ validatorId, payout, lotFees, stakerFees }, batch, place) {
    const validator = settled(batch, validatorId, place)
    if (validator.stakerFees !== stakerFees) {
      throw new EventGapError(
        `validator ${validatorId} claims ${stakerFees} wei of staker fees, ${validator.stakerFees} are known`,
        place.block,
      )
    }
    validator.stakerFees = 0n
    const total = lotFees + stakerFees
    validator.claimed += total
    const parts = JSON.stringify([
      { validatorId: String(validatorId), lotFees: String(lotFees), stakerFees: String(stakerFees) },
    ])
    batch.create(
      'claim',
      { account: validator.account, payout, source: 'earnings', total, parts, ...place },
      place.block,
    )
  },
}

export const validatorsHandlers: ContractHandlers = {
  ValidatorRegistered,
  SigningKeyChanged,
  Staked,
  Unstaked,
  Withdrawn,
  Slashed,
  Distributed,
  EarningsClaimed,
}
