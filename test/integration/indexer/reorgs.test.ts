import { expect } from 'chai'
import fc from 'fast-check'
import { createIndexer, type Indexer, type IndexerOptions } from '../../../indexer/src/index.ts'
import { type Anvil, anvilPath, startAnvil } from './support/anvil.ts'
import { atHead, boardOf, expectAgreement } from './support/expect.ts'
import { createWorld, type World } from './support/world.ts'

const deep = process.env.DATANETS_TEST_PROFILE === 'deep'

type Action =
  | { kind: 'submit'; who: number; datanet: number; count: number }
  | { kind: 'close' }
  | { kind: 'settle'; words: bigint[] }
  | { kind: 'lapse' }
  | { kind: 'accrue' }
  | { kind: 'claim'; who: number }
  | { kind: 'wait'; seconds: number }
  | { kind: 'reorg'; depth: number }
  | { kind: 'restart' }

const word = fc.bigInt({ min: 0n, max: (1n << 24n) - 1n })
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('submit' as const),
      who: fc.nat(4),
      datanet: fc.nat(1),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ kind: 'close' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      words: fc.array(word, { minLength: 3, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'lapse' as const }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'accrue' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('claim' as const), who: fc.nat(4) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.constantFrom(61, 601, 1201, 90_000) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reorg' as const), depth: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
)

describe('indexer over reorganisations', () => {
  let anvil: Anvil
  let world: World
  let indexer: Indexer
  let lowest = 0
  const options = (changes: Partial<IndexerOptions> = {}): IndexerOptions => ({
    deployment: world.deployment,
    rpc: anvil.url,
    pollMs: 5,
    depth: 16,
    ...changes,
  })

  before(async function () {
    if (anvilPath() === undefined) return this.skip()
    anvil = await startAnvil()
    world = await createWorld(anvil.url)
    await world.createDatanet()
    await world.createDatanet(10n ** 23n, { rewardPerFile: 10n ** 18n })
    lowest = Number(await world.client.getBlockNumber())
  })
  afterEach(() => indexer?.stop())
  after(() => anvil?.close())

  /** The chain loses its newest blocks; whatever comes next takes their place. The contracts stay. */
  async function rollBack(depth: number): Promise<void> {
    if (Number(await world.client.getBlockNumber()) - depth <= lowest) return
    await world.client.request({ method: 'anvil_rollback', params: [depth] } as never)
  }

  /** Does what the history says where the chain allows it; an action it refuses is passed over. */
  async function perform(step: Action): Promise<void> {
    const lots = await world.lots()
    const now = (await world.client.getBlock()).timestamp
    const found = (status: string) => lots.find((lot) => lot.status === status)
    if (step.kind === 'submit') await world.submit(step.datanet + 1, world.people[step.who]!, step.count, `${now}`)
    if (step.kind === 'wait') await world.wait(step.seconds)
    if (step.kind === 'claim') await world.claim(world.people[step.who]!, [1, 2])
    if (step.kind === 'reorg') await rollBack(step.depth)
    if (step.kind === 'close' && found('open')) await world.close(found('open')!)
    if (step.kind === 'settle' && found('closed')) await world.settle(found('closed')!, step.words)
    if (step.kind === 'lapse' && found('closed')) await world.lapse(found('closed')!)
    if (step.kind === 'accrue' && found('settled')) await world.accrue(found('settled')!)
    if (step.kind === 'restart') {
      await indexer.stop()
      await indexer.start()
    }
  }

  it('agrees with the pure function and with contract views over random histories', async function () {
    this.timeout(deep ? 1_800_000 : 120_000)
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 8, maxLength: 20 }), async (history) => {
        // Each history goes on where the last one ended.
        indexer = createIndexer(options())
        try {
          await indexer.ready()
          for (const step of history) await perform(step).catch((error: unknown) => refusedOnly(error))
          await expectAgreement(indexer, world)
        } finally {
          await indexer.stop()
        }
      }),
      { numRuns: deep ? 200 : 4, endOnFailure: true, seed: 0xda7a },
    )
  })

  it('never lowers a score by rejections', async () => {
    indexer = createIndexer(options())
    await indexer.ready()
    const [alice, bob] = world.people as [`0x${string}`, `0x${string}`]
    await world.fullLot(
      1,
      [
        [alice, 3],
        [bob, 2],
      ],
      [0b11111n],
    )
    await atHead(indexer, world)
    const before = await boardOf(indexer, 1)
    await world.wait(90_000)
    await world.fullLot(
      1,
      [
        [alice, 2],
        [bob, 2],
      ],
      [0n],
    )
    await expectAgreement(indexer, world)
    const after = await boardOf(indexer, 1)
    expect(after.map(({ account, score, rank }) => ({ account, score, rank }))).to.deep.equal(
      before.map(({ account, score, rank }) => ({ account, score, rank })),
    )
    expect(after[0]!.rejected).to.equal(before[0]!.rejected + 2)
  })

  it('follows the chain back and forth between two forks', async () => {
    indexer = createIndexer(options())
    await indexer.ready()
    const [alice] = world.people as [`0x${string}`]
    for (let i = 0; i < 3; i++) {
      const snapshot = await world.client.snapshot()
      await world.wait(90_000)
      await world.submit(2, alice, i + 1, `fork ${i}`)
      await expectAgreement(indexer, world)
      await world.client.revert({ id: snapshot })
      await world.client.mine({ blocks: 1 })
      await expectAgreement(indexer, world)
    }
  })

  it('stops and says so when the chain changes deeper than it claims to follow', async () => {
    indexer = createIndexer(options({ depth: 4 }))
    await indexer.ready()
    await world.client.mine({ blocks: 10 })
    await atHead(indexer, world)
    await rollBack(8)
    await world.client.mine({ blocks: 9 })
    const until = Date.now() + 10_000
    while ((await indexer.status()).state !== 'stopped' && Date.now() < until)
      await new Promise((r) => setTimeout(r, 10))
    const status = await indexer.status()
    expect(status.state).to.equal('stopped')
    expect(status.error).to.match(/reorganised deeper than 4 blocks/)
    expect((await fetch(`${indexer.url}/ready`)).status).to.equal(503)
  })
})

/** The chain may refuse an action; anything else is a failure of the test. */
function refusedOnly(error: unknown): void {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (/revert|reverted/i.test(cause.message)) return
  }
  throw error
}
