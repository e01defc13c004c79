import { place } from './schema-place.ts'
import { defineTable } from './table.ts'

/** The second vote on a lot's result. */
export const appeal = defineTable({
  name: 'appeal',
  key: ['datanetId', 'lotNumber'],
  columns: {
    datanetId: 'integer',
    lotNumber: 'integer',
    /** `open`, `seated`, `settled` or `lapsed`. */
    status: 'text',
    items: 'word',
    changed: 'word',
    digest: 'bytes?',
    seats: 'word',
    seatsVoted: 'integer',
    quorum: 'integer',
    voteEndsAt: 'integer',
    objections: 'integer',
    ...place,
  },
})

export const objection = defineTable({
  name: 'objection',
  key: ['datanetId', 'lotNumber', 'number'],
  indexes: ['appellant, block, log_index'],
  columns: {
    datanetId: 'integer',
    lotNumber: 'integer',
    number: 'integer',
    appellant: 'bytes',
    items: 'word',
    /** Zero when free. */
    bond: 'amount',
    defender: 'bytes?',
    /** Null until its bonds are given out. */
    won: 'integer?',
    toAppellant: 'amount',
    toDefender: 'amount',
    perMember: 'amount',
    ...place,
  },
})
