import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createModelFactory, type ModelFactory, whyNoPython } from '@datanets/modelfactory'
import { type ContentStore, createMemoryStore } from '@datanets/sdk/storage'
import { expect } from 'chai'
import { people, type Stack, startStack } from './modelfactory-stack.ts'
import { until } from './modelfactory-until.ts'

const root = join(import.meta.dirname, '..', '..')

describe('ModelFactory', function () {
  this.timeout(180_000)
  let stack: Stack
  let content: ContentStore
  let dir: string
  let factory: ModelFactory
  let datanetId: bigint
  let base: string

  before(async function () {
    const reason = await whyNoPython(root)
    if (reason !== undefined) {
      console.log(`      skipped: ${reason}`)
      this.skip()
    }
    dir = mkdtempSync(join(tmpdir(), 'modelfactory-'))
    content = createMemoryStore()
    stack = await startStack()
    const folder = join(root, 'samples', 'good', 'text')
    const files = readdirSync(folder).map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }))
    datanetId = (await stack.accept(content, [files.slice(0, 5), files.slice(5)])).datanetId
    factory = open()
    await factory.start()
    base = join(dir, 'base')
    await factory.host.start(['make-base', '--family', 'qwen2', '--out', base]).done
  })

  after(async () => {
    await factory?.stop()
    await stack?.close()
    if (dir) rmSync(dir, { recursive: true, force: true })
  })

  const open = () =>
    createModelFactory({
      dir: join(dir, 'factory'),
      rpcUrl: stack.url,
      deployment: stack.deployment,
      account: people.modelMaker,
      content,
      root,
      pollMs: 100,
    })

  it('trains on accepted text and anchors the result', async () => {
    const settings = { cutoff: 128, batchSize: 4, accumulation: 1, epochs: 1, learningRate: '0.01' }
    const { id } = factory.queue.add({ datanetIds: [datanetId], base, settings, quorum: 3, challengeWindow: 3 })
    const run = await until(
      () => factory.store.get(id),
      ({ state }) => state === 'attesting' || state === 'failed',
    )
    expect(run.error).to.equal(undefined)
    expect(run.facts.shares!.reduce((sum, { share }) => sum + BigInt(share), 0n)).to.equal(1_000_000_000n)
  })
})
