import { expect } from 'chai'
import fc from 'fast-check'
import { isOurTurn } from './turn.ts'

describe('isOurTurn', () => {
  const time = { dueAt: 1_000, rotation: 0, slotSeconds: 10 }

  it('is nobody’s before the duty is due', () => {
    expect(isOurTurn({ rank: 0, count: 3 }, { ...time, now: 999 })).to.equal(false)
  })

  it('passes on after every slot, and comes back', () => {
    const turns = [1_000, 1_009, 1_010, 1_020, 1_030].map((now) => isOurTurn({ rank: 0, count: 3 }, { ...time, now }))
    expect(turns).to.deep.equal([true, true, false, false, true])
  })

  it('starts with another node for the next lot', () => {
    expect(isOurTurn({ rank: 1, count: 3 }, { ...time, now: 1_000, rotation: 1 })).to.equal(true)
  })

  it('is exactly one node’s at any time, for any number of nodes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 15 }),
        fc.nat(1e9),
        fc.nat(1e6),
        fc.nat(1e6),
        (count, dueAt, late, rotation) => {
          const ours = Array.from({ length: count }, (_, rank) =>
            isOurTurn({ rank, count }, { now: dueAt + late, dueAt, rotation, slotSeconds: 12 }),
          )
          return ours.filter(Boolean).length === 1
        },
      ),
    )
  })
})
