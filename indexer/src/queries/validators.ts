import type { Page, Validator, Vote } from '../api/types.ts'
import type { Row } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { listRows, rowsByKey } from './list.ts'
import { toVote } from './lots.ts'
import { type PageQuery, UnknownEntityError } from './page.ts'
import { toAddress, toPlace } from './rows.ts'

export function getValidators(store: Store, query: PageQuery): Promise<Page<Validator>> {
  return listRows(store, { table: 'validator', list: 'validators', order: ['id'], query, toItem: toValidator })
}

export async function getValidator(store: Store, id: number): Promise<Validator> {
  const [row] = await rowsByKey(store, 'validator', [{ id }])
  if (row === undefined) throw new UnknownEntityError('validator', String(id))
  return toValidator(row)
}

/** How a validator voted, the newest first. */
export function getVotes(store: Store, validatorId: number, query: PageQuery): Promise<Page<Vote>> {
  return listRows(store, {
    table: 'attestation',
    list: `votes-${validatorId}`,
    order: ['block', 'logIndex'],
    newestFirst: true,
    filter: { validatorId },
    query,
    toItem: toVote,
  })
}

function toValidator(row: Row<'validator'>): Validator {
  return {
    id: row.id,
    account: toAddress(row.account),
    signingKey: toAddress(row.signingKey),
    units: row.units,
    unbondingUnits: row.unbondingUnits,
    unbondsAt: row.unbondsAt,
    slashed: row.slashed === 1,
    lotsSeated: row.lotsSeated,
    lotsAttested: row.lotsAttested,
    votes: row.votes,
    agreementBps: row.votes === 0 ? null : Math.floor((row.agreed * 10_000) / row.votes),
    informationScore: row.information,
    earned: row.earned.toString(),
    claimed: row.claimed.toString(),
    registered: toPlace(row),
  }
}
