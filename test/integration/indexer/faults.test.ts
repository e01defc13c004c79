import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect } from 'chai'
import { DatabaseLockedError } from '../../../indexer/src/errors.ts'
import { createIndexer, type Indexer, type IndexerOptions, type StoreOptions } from '../../../indexer/src/index.ts'
import { type Anvil, anvilPath, startAnvil } from './support/anvil.ts'
import { startChaos } from './support/chaos.ts'
import { boardOf, expectAgreement } from './support/expect.ts'
import { createWorld, type World } from './support/world.ts'

const deep = process.env.DATANETS_TEST_PROFILE === 'deep'

describe('indexer under faults', () => {
  let anvil: Anvil
  let world: World
  let folder: string
  let deploymentFile: string
  const started: Indexer[] = []

  before(async function () {
    if (anvilPath() === undefined) return this.skip()
    folder = mkdtempSync(join(tmpdir(), 'datanets-faults-'))
    anvil = await startAnvil()
    world = await createWorld(anvil.url)
    const [alice, bob, carol] = world.people as [`0x${string}`, `0x${string}`, `0x${string}`]
    await world.createDatanet()
    for (let i = 0; i < 6; i++) {
      await world.fullLot(
        1,
        [
          [alice, 2],
          [bob, 1],
          [carol, 3],
        ],
        [BigInt(0b101101 + i), BigInt(0b101101), BigInt(0b111000 + i)],
      )
      await world.wait(90_000)
      await world.client.mine({ blocks: 150 })
    }
    await world.claim(alice, [1])
    deploymentFile = join(folder, 'deployment.json')
    writeFileSync(deploymentFile, JSON.stringify(world.deployment))
  })
  afterEach(async () => {
    for (const indexer of started.splice(0)) await indexer.stop()
  })
  after(async () => {
    await anvil?.close()
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  })

  function start(store: StoreOptions, changes: Partial<IndexerOptions> = {}): Indexer {
    const indexer = createIndexer({
      deployment: world.deployment,
      rpc: anvil.url,
      store,
      pollMs: 5,
      depth: 16,
      ...changes,
    })
    started.push(indexer)
    return indexer
  }

  it('comes to the right answer through an endpoint that lies, cuts answers short and fails', async function () {
    this.timeout(deep ? 600_000 : 60_000)
    for (let seed = 1; seed <= (deep ? 30 : 2); seed++) {
      const chaos = await startChaos(anvil.url, { probability: 0.3, seed: seed * 7919 })
      try {
        const indexer = start(
          { kind: 'sqlite', file: join(folder, `chaos-${seed}.sqlite`) },
          { rpc: chaos.url, confirm: true },
        )
        await startPatiently(indexer)
        await expectAgreement(indexer, world)
        expect(Object.keys(chaos.faults()).length, 'kinds of faults met').to.be.greaterThan(2)
      } finally {
        await Promise.all(started.splice(0).map((indexer) => indexer.stop()))
        await chaos.close()
      }
    }
  })

  it('resumes without a gap or a double count after kill -9 in the middle of a backfill', async function () {
    this.timeout(deep ? 600_000 : 60_000)
    const file = join(folder, 'killed.sqlite')
    const head = Number(await world.client.getBlockNumber())
    // Every answer takes its time, so that there is a middle of the backfill to die in.
    const slow = await startChaos(anvil.url, { probability: 0, seed: 1, delayMs: 60 })
    const seen: number[] = []
    for (let kill = 0; kill < (deep ? 30 : 2); kill++) {
      const child = spawnMain(file, slow.url)
      const cursor = await cursorPassed(file, seen.at(-1) ?? 0, head)
      await ended(child, 'SIGKILL')
      if (cursor !== undefined) seen.push(cursor)
    }
    await slow.close()
    expect(seen[0], 'block of the first kill').to.be.within(1, head - 1)
    const indexer = start({ kind: 'sqlite', file })
    await indexer.ready()
    await expectAgreement(indexer, world)
  })

  it('refuses to start on a database that another process writes to', async () => {
    const file = join(folder, 'shared.sqlite')
    const child = spawnMain(file)
    try {
      await listening(child)
      let failure: unknown
      await start({ kind: 'sqlite', file })
        .start()
        .catch((error: unknown) => {
          failure = error
        })
      expect(failure).to.be.instanceOf(DatabaseLockedError)
    } finally {
      await ended(child, 'SIGTERM')
    }
    const indexer = start({ kind: 'sqlite', file })
    await indexer.ready()
    expect(await boardOf(indexer, 1)).to.have.length(3)
  })

  function spawnMain(database: string, url = anvil.url): ChildProcess {
    const main = join(import.meta.dirname, '..', '..', '..', 'indexer', 'src', 'main.ts')
    return spawn(process.execPath, ['--conditions=@datanets/source', main], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        DATANETS_RPC_URL: url,
        DATANETS_DEPLOYMENT: deploymentFile,
        DATANETS_DATABASE: database,
        DATANETS_PORT: '0',
      },
    })
  }
})

/** The first cursor beyond `last` in the database; undefined when it comes to the head first. */
async function cursorPassed(file: string, last: number, head: number): Promise<number | undefined> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 5))
    const block = readCursor(file)
    if (block !== undefined && block > last) return block < head ? block : undefined
    if (block === head) return undefined
  }
}

function readCursor(file: string): number | undefined {
  if (!existsSync(file)) return undefined
  const db = new Database(file, { readonly: true })
  try {
    const row = db.prepare("select value from meta where key = 'cursor'").get() as { value: string } | undefined
    return row === undefined ? undefined : (JSON.parse(row.value)[0] as number)
  } catch {
    // Its tables are being made.
    return undefined
  } finally {
    db.close()
  }
}

/** The very first question may be one that the endpoint does not answer. */
async function startPatiently(indexer: Indexer): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await indexer.ready()
    } catch (error) {
      if (tries === 20) throw error
    }
  }
}

function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    child.once('exit', (code) => reject(new Error(`the indexer ended with ${code}: ${output}`)))
    child.stdout!.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('"listening"')) resolve()
    })
  })
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.removeAllListeners('exit')
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}
