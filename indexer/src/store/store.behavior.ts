import { expect } from 'chai'
import type { Hex } from 'viem'
import { AmountOutOfRangeError, DatabaseIdentityError, DatabaseLockedError } from '../errors.ts'
import type { Row, TableName } from './schema.ts'
import { tables } from './schema.ts'
import { columnsOf } from './sql.ts'
import type { BlockRecord, Change, Identity, Store, Undo } from './store.ts'
import type { AnyRow } from './table.ts'

const identity: Identity = { chainId: 31337, datanets: `0x${'da'.repeat(20)}`, startBlock: 7 }
const alice: Hex = `0x${'a1'.repeat(20)}`
const bob: Hex = `0x${'b0'.repeat(20)}`

function hashOf(block: number): Hex {
  return `0x${block.toString(16).padStart(64, '0')}`
}

function blockOf(number: number): BlockRecord {
  return { number, hash: hashOf(number), timestamp: 1_000 + number }
}

function memberDay(address: Hex, score: number, earned: bigint, day = 1): Row<'memberDay'> {
  return { day, datanetId: 1, address, score, scoredBlock: 0, scoredLogIndex: 0, scoredAt: 0, earned }
}

type Rows = Partial<Record<TableName, AnyRow[]>>

function change(block: number, rows: Rows, undo: Undo[] = [], keepFrom = 0): Change {
  const { hash, timestamp } = blockOf(block)
  return {
    rows: new Map(Object.entries(rows) as [TableName, AnyRow[]][]),
    undo,
    blocks: [blockOf(block)],
    cursor: { block, hash, timestamp },
    keepFrom,
  }
}

function undoOf(block: number, row: Row<'memberDay'>, before: Row<'memberDay'> | null): Undo {
  const { day, datanetId, address } = row
  return { block, table: 'memberDay', key: { day, datanetId, address }, before }
}

/**
 * What every store does.
 * @param open - Opens the same database each time within one test, an empty one for the first time.
 */
export function shouldBehaveLikeStore(open: (identity: Identity) => Promise<Store>): void {
  const opened: Store[] = []
  const openTracked = async (asked = identity) => {
    const store = await open(asked)
    opened.push(store)
    return store
  }
  const read = async (store: Store) => {
    const { columns } = tables.memberDay
    return store.read(columns, `select ${columnsOf(columns)} from member_day order by address`)
  }

  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close()
  })

  it('is empty at first', async () => {
    const store = await openTracked()
    expect(await store.cursor()).to.equal(undefined)
    expect(await store.blocks(10)).to.deep.equal([])
    expect(await read(store)).to.deep.equal([])
  })

  it('writes rows, blocks and cursor together, and keeps them when it is opened again', async () => {
    const store = await openTracked()
    await store.commit(change(8, { memberDay: [memberDay(alice, 3, 15n)] }))
    await store.close()
    opened.pop()
    const again = await openTracked()
    expect(await again.cursor()).to.deep.equal({ block: 8, hash: hashOf(8), timestamp: 1_008 })
    expect(await again.blocks(10)).to.deep.equal([blockOf(8)])
    expect(await read(again)).to.deep.equal([memberDay(alice, 3, 15n)])
  })

  it('writes nothing of a change that fails', async () => {
    const store = await openTracked()
    await store.commit(change(8, { memberDay: [memberDay(alice, 3, 15n)] }))
    const broken = { ...memberDay(bob, 1, 1n), score: null }
    let failure: unknown
    await store.commit(change(9, { memberDay: [memberDay(alice, 4, 20n), broken] })).catch((error: unknown) => {
      failure = error
    })
    expect(failure).to.be.instanceOf(Error)
    expect((await store.cursor())?.block).to.equal(8)
    expect(await read(store)).to.deep.equal([memberDay(alice, 3, 15n)])
  })

  it('replaces a row with the same key', async () => {
    const store = await openTracked()
    await store.commit(change(8, { memberDay: [memberDay(alice, 3, 15n), memberDay(bob, 1, 5n)] }))
    await store.commit(change(9, { memberDay: [memberDay(alice, 4, 20n)] }))
    expect(await read(store)).to.deep.equal([memberDay(alice, 4, 20n), memberDay(bob, 1, 5n)])
  })

  it('loads rows by key and leaves absent ones out', async () => {
    const store = await openTracked()
    await store.commit(change(8, { memberDay: [memberDay(alice, 3, 15n)] }))
    const keys = [alice, bob].map((address) => ({ day: 1, datanetId: 1, address }))
    expect(await store.load('memberDay', keys)).to.deep.equal([memberDay(alice, 3, 15n)])
    expect(await store.load('memberDay', [])).to.deep.equal([])
  })

  it('keeps every value of an amount and a word, and sorts and adds amounts by value', async () => {
    const store = await openTracked()
    const large = 2n ** 126n - 1n
    await store.commit(change(8, { memberDay: [memberDay(alice, 1, large), memberDay(bob, 2, 9n)] }))
    const shape = { address: 'bytes', earned: 'amount' } as const
    const sorted = await store.read(shape, 'select address, earned from member_day order by earned desc')
    expect(sorted).to.deep.equal([
      { address: alice, earned: large },
      { address: bob, earned: 9n },
    ])
    const total = await store.read({ total: 'amount' } as const, `select ${store.sum('earned')} total from member_day`)
    expect(total).to.deep.equal([{ total: large + 9n }])
    const above = await store.read(shape, 'select address, earned from member_day where earned > ?', [9n])
    expect(above.map(({ address }) => address)).to.deep.equal([alice])
    const word = 2n ** 256n - 1n
    await store.commit(change(9, { staking: [{ id: 0, units: 3, distributed: 0n, perUnitX64: word, slashed: 0n }] }))
    expect((await store.load('staking', [{ id: 0 }]))[0]).to.include({ perUnitX64: word })
  })

  it('refuses an amount that no event can give', async () => {
    const store = await openTracked()
    for (const earned of [-1n, 2n ** 127n]) {
      let failure: unknown
      await store.commit(change(8, { memberDay: [memberDay(alice, 1, earned)] })).catch((error: unknown) => {
        failure = error
      })
      expect(failure).to.be.instanceOf(AmountOutOfRangeError)
      expect(await store.cursor()).to.equal(undefined)
    }
  })

  it('takes blocks back to what rows were before them', async () => {
    const store = await openTracked()
    const [first, second, third] = [memberDay(alice, 1, 5n), memberDay(alice, 2, 10n), memberDay(alice, 3, 15n)]
    await store.commit(change(8, { memberDay: [first] }, [undoOf(8, first, null)]))
    await store.commit(change(9, { memberDay: [second] }, [undoOf(9, second, first)]))
    const fresh = memberDay(bob, 1, 5n)
    await store.commit(change(10, { memberDay: [third, fresh] }, [undoOf(10, third, second), undoOf(10, fresh, null)]))
    await store.rollback(blockOf(8))
    expect(await read(store)).to.deep.equal([first])
    expect((await store.cursor())?.block).to.equal(8)
    expect(await store.blocks(10)).to.deep.equal([blockOf(8)])
    // What was taken back can come again, and be taken back again.
    await store.commit(change(9, { memberDay: [third] }, [undoOf(9, third, first)]))
    await store.rollback(blockOf(8))
    expect(await read(store)).to.deep.equal([first])
  })

  it('forgets blocks and undo that are too deep', async () => {
    const store = await openTracked()
    const row = memberDay(alice, 1, 5n)
    await store.commit(change(8, { memberDay: [row] }, [undoOf(8, row, null)]))
    await store.commit(change(9, {}, [], 9))
    expect(await store.blocks(10)).to.deep.equal([blockOf(9)])
    const shape = { n: 'integer' } as const
    expect(await store.read(shape, 'select count(*) n from undo')).to.deep.equal([{ n: 0 }])
  })

  it('is empty again after a reset', async () => {
    const store = await openTracked()
    await store.commit(change(8, { memberDay: [memberDay(alice, 1, 5n)] }))
    await store.reset()
    expect(await store.cursor()).to.equal(undefined)
    expect(await store.blocks(10)).to.deep.equal([])
    expect(await read(store)).to.deep.equal([])
  })

  it('refuses a second writer until the first lets go', async () => {
    const store = await openTracked()
    let failure: unknown
    await openTracked().catch((error: unknown) => {
      failure = error
    })
    expect(failure).to.be.instanceOf(DatabaseLockedError)
    await store.close()
    opened.pop()
    await openTracked()
  })

  it('refuses the database of another chain or deployment', async () => {
    const store = await openTracked()
    await store.close()
    opened.pop()
    for (const other of [{ chainId: 1 }, { datanets: `0x${'00'.repeat(20)}` as Hex }, { startBlock: 8 }]) {
      let failure: unknown
      await openTracked({ ...identity, ...other }).catch((error: unknown) => {
        failure = error
      })
      expect(failure).to.be.instanceOf(DatabaseIdentityError)
    }
    await openTracked()
  })
}
