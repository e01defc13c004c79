import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGateway, type Gateway } from '@datanets/sdk/node'
import { createMemoryStore } from '@datanets/sdk/storage'
import { expect } from 'chai'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { startNetwork, type TestNetwork } from './validator-network.ts'

const bin = join(import.meta.dirname, '..', '..', 'validator', 'bin', 'datanet.mjs')

describe('datanet run', function () {
  this.timeout(180_000)
  const signingKey = generatePrivateKey()
  let network: TestNetwork
  let gateway: Gateway
  let home: string
  const children: ChildProcess[] = []

  before('start a chain with the key registered', async () => {
    network = await startNetwork({ validators: 0, keys: [privateKeyToAccount(signingKey)] })
    gateway = await createGateway({ store: createMemoryStore() })
    home = mkdtempSync(join(tmpdir(), 'daemon-'))
    writeFileSync(join(home, 'deployment.json'), JSON.stringify(network.deployment))
    const config = {
      rpcUrl: network.url,
      deployment: 'deployment.json',
      storage: { kind: 'gateway', url: gateway.url },
      listen: { port: 0 },
      pollMs: 100,
    }
    writeFileSync(join(home, 'config.json'), JSON.stringify(config))
  })
  after('stop everything', async () => {
    for (const child of children) child.kill('SIGKILL')
    await gateway?.close()
    await network?.close()
    if (home) rmSync(home, { recursive: true, force: true })
  })

  function start(env: Record<string, string> = { DATANET_SIGNING_KEY: signingKey }) {
    const child = spawn(process.execPath, [bin, 'run', '--home', home, '--json'], {
      env: { ...process.env, NODE_OPTIONS: '', ...env },
    })
    children.push(child)
    let out = ''
    let log = ''
    child.stdout.on('data', (chunk) => {
      out += String(chunk)
    })
    child.stderr.on('data', (chunk) => {
      log += String(chunk)
    })
    return { child, out: () => out, log: () => log }
  }

  async function urlOf(log: () => string): Promise<string> {
    for (let waited = 0; waited < 600; waited++) {
      const url = /"url":"(http:[^"]+)"/.exec(log())?.[1]
      if (url) return url
      await sleep(100)
    }
    return expect.fail(`no start in the log: ${log()}`)
  }

  it('serves its health, keeps a second node off its key, and ends in order at SIGTERM', async () => {
    const { child, out, log } = start()
    const url = await urlOf(log)
    for (let waited = 0; waited < 300 && (await fetch(`${url}/readyz`)).status !== 200; waited++) await sleep(100)
    expect((await fetch(`${url}/readyz`)).status).to.equal(200)
    expect((await fetch(`${url}/attestations/1-0`)).status).to.equal(404)

    const second = start()
    const [secondCode] = await once(second.child, 'close')
    expect([secondCode, JSON.parse(second.out()).error.name]).to.deep.equal([5, 'JournalLockedError'])

    child.kill('SIGTERM')
    const [code] = await once(child, 'close')
    expect([code, JSON.parse(out()).validatorId]).to.deep.equal([0, 1])
    expect(log(), 'no secret in the log').to.not.contain(signingKey.slice(2))
  })

  it('exit 5 without a key', async () => {
    const { child, out } = start({ DATANET_SIGNING_KEY: '' })
    const [code] = await once(child, 'close')
    expect([code, JSON.parse(out()).error.name]).to.deep.equal([5, 'KeySourceError'])
  })
})
