import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { findPython, whyNoPython } from '@datanets/modelfactory'
import { modelFactoryAbi } from '@datanets/sdk'
import { createGateway, type Gateway } from '@datanets/sdk/node'
import { createMemoryStore } from '@datanets/sdk/storage'
import { expect } from 'chai'
import { ask } from '../../modelfactory/src/trainer/command.ts'
import { createSpawnHost } from '../../modelfactory/src/trainer/spawn-host.ts'
import type { ProcessConfig } from './modelfactory-process.ts'
import { root, sampleTexts } from './modelfactory-samples.ts'
import { people, type Stack, startStack } from './modelfactory-stack.ts'
import { until } from './modelfactory-until.ts'

interface RunAnswer {
  state: string
  error: { message: string } | null
  runId: string
}

describe('ModelFactory killed with SIGKILL', function () {
  this.timeout(300_000)
  let stack: Stack
  let gateway: Gateway
  let dir: string
  let base: string
  let datanetId: bigint
  let child: ChildProcess | undefined
  let url: string

  before(async function () {
    const reason = await whyNoPython(root)
    if (reason !== undefined) {
      console.log(`      skipped: ${reason}`)
      this.skip()
    }
    dir = mkdtempSync(join(tmpdir(), 'modelfactory-kill-'))
    const content = createMemoryStore()
    gateway = await createGateway({ store: content })
    stack = await startStack()
    datanetId = (await stack.accept(content, [sampleTexts().slice(0, 4)])).datanetId
    base = join(dir, 'base')
    await ask(createSpawnHost(await findPython({ root })), ['make-base', '--family', 'llama', '--out', base], 'base')
    const factoryDir = join(dir, 'factory')
    mkdirSync(factoryDir)
    const config: ProcessConfig = {
      dir: factoryDir,
      rpcUrl: stack.url,
      deployment: stack.deployment,
      gateway: gateway.url,
      root,
    }
    writeFileSync(join(dir, 'config.json'), JSON.stringify(config))
  })

  after(async () => {
    await kill()
    await gateway?.close()
    await stack?.close()
    if (dir) rmSync(dir, { recursive: true, force: true })
  })

  async function start(): Promise<void> {
    const script = join(import.meta.dirname, 'modelfactory-process.ts')
    child = spawn(process.execPath, [script, join(dir, 'config.json')], { stdio: ['ignore', 'pipe', 'inherit'] })
    url = (await once(createInterface({ input: child.stdout! }), 'line'))[0] as string
  }

  async function kill(): Promise<void> {
    if (child === undefined) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    child = undefined
  }

  const get = async () => (await (await fetch(`${url}/runs/r1`)).json()) as RunAnswer
  const events = (name: 'RunOpened' | 'RunAnchored') =>
    stack.client.getContractEvents({
      address: stack.deployment.contracts.ModelFactory.address,
      abi: modelFactoryAbi,
      eventName: name,
      fromBlock: 0n,
    })
  const log = () => {
    const path = join(dir, 'factory', 'runs', 'r1', 'events.jsonl')
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }

  it('goes on wherever it died, and opens and anchors once', async () => {
    await start()
    const settings = {
      cutoff: 64,
      batchSize: 4,
      accumulation: 1,
      epochs: 3,
      learningRate: '0.01',
      saveEvery: 5,
      datainf: false,
    }
    const body = JSON.stringify({ datanetIds: [String(datanetId)], base, settings, quorum: 1, challengeWindow: 3 })
    await fetch(`${url}/runs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })

    await until(
      async () => (await events('RunOpened')).length,
      (count) => count === 1,
    )
    await kill()
    await start()
    await until(
      () => log().match(/"type":"step"/g)?.length ?? 0,
      (steps) => steps >= 8,
    )
    const trainer = Number(readFileSync(join(dir, 'factory', 'runs', 'r1', 'trainer.pid'), 'utf8'))
    await kill()
    await until(
      () => isRunning(trainer),
      (alive) => !alive,
      { timeoutMs: 60_000 },
    )
    await start()
    await until(
      async () => (await events('RunAnchored')).length,
      (count) => count === 1,
    )
    await kill()
    await start()
    const run = await until(get, ({ state }) => state === 'attesting' || state === 'failed')

    expect(run.error).to.equal(null)
    expect(await events('RunOpened')).to.have.length(1)
    expect(await events('RunAnchored')).to.have.length(1)
    expect(await stack.client.getTransactionCount({ address: people.modelMaker.address })).to.equal(2)
    const ids = log()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id)
    expect(ids).to.deep.equal(ids.map((_, index) => index + 1))
    expect(log()).to.match(/"resumed":true/)
  })
})

/** Whether a process lives. One that ended and was not collected yet does not. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
