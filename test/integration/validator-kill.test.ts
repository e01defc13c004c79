import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { getLots } from '@datanets/sdk'
import { createGateway, type Gateway } from '@datanets/sdk/node'
import { type ContentStore, createMemoryStore } from '@datanets/sdk/storage'
import { expect } from 'chai'
import { generatePrivateKey, mnemonicToAccount, privateKeyToAccount } from 'viem/accounts'
import { Journal } from '../../validator/src/journal/journal.ts'
import { seededRandom } from '../../validator/src/util/retry.ts'
import type { ChildSettings } from './validator-child.ts'
import { startNetwork, type TestNetwork } from './validator-network.ts'
import { startNodes, waitForLot } from './validator-nodes.ts'
import { servePuts } from './validator-parent-store.ts'

const KILLS = Number(process.env.DATANETS_TEST_KILLS ?? (process.env.DATANETS_TEST_PROFILE === 'deep' ? 100 : 10))
const SEED = Number(process.env.DATANETS_TEST_SEED ?? 20_261_121)
const MNEMONIC = 'test test test test test test test test test test test junk'
/** Longest life between two kills: long enough to look at a lot, sign, and be in the middle of a transaction. */
const LONGEST_LIFE_MS = 2_500
/** A machine busy with other tests takes long to load a node. */
const START_SECONDS = 60

describe(`a node killed at ${KILLS} random points (seed ${SEED})`, function () {
  this.timeout(KILLS * 30_000 + 120_000)
  const random = seededRandom(SEED)
  const childKey = generatePrivateKey()
  let network: TestNetwork
  let store: ContentStore
  let gateway: Gateway
  let puts: Awaited<ReturnType<typeof servePuts>>
  let others: Awaited<ReturnType<typeof startNodes>>
  let dir: string
  let settings: ChildSettings
  let child: ChildProcess | undefined

  before('start a chain and two nodes of three', async () => {
    network = await startNetwork({ validators: 2, keys: [privateKeyToAccount(childKey)] })
    store = createMemoryStore()
    gateway = await createGateway({ store })
    puts = await servePuts(store)
    const port = await freePort()
    const own = network.keys.filter(({ address }) => address !== privateKeyToAccount(childKey).address)
    others = await startNodes(network, store, { keys: own, peers: [`http://127.0.0.1:${port}`] })
    dir = mkdtempSync(join(tmpdir(), 'killed-'))
    settings = {
      url: network.url,
      deployment: network.deployment,
      privateKey: childKey,
      gatewayUrl: gateway.url,
      putUrl: puts.url,
      dataDir: dir,
      peers: others.nodes.flatMap(({ url }) => url ?? []),
      port,
      signaturesFile: join(dir, 'signatures.jsonl'),
    }
  })
  after('stop everything', async () => {
    child?.kill('SIGKILL')
    await others?.stop()
    await gateway?.close()
    puts?.close()
    await network?.close()
    if (dir) rmSync(dir, { recursive: true, force: true })
  })

  function startChild(): ChildProcess {
    const env = { ...process.env, DATANETS_CHILD: JSON.stringify(settings) }
    return fork(new URL('./validator-child.ts', import.meta.url), {
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
  }

  async function enterLot(datanetId: bigint, number: number) {
    const contributor = mnemonicToAccount(MNEMONIC, { addressIndex: 7 + (number % 12) })
    const text = `Lot ${number}. ${'The tide turned before noon and the boats came home one by one. '.repeat(2)}${sentence(random)}`
    const files = [{ name: `${number}.txt`, bytes: new TextEncoder().encode(text) }]
    return network.submit({ datanetId, contributor, files, store })
  }

  it('signs nothing twice, and its lots settle all the same', async () => {
    const datanetId = await network.createDatanet('Text', { voteWindow: 60, lotWindow: 1, quorum: 2 })
    let kills = 0
    for (let number = 0; kills < KILLS; number++) {
      await enterLot(datanetId, number)
      child = startChild()
      const isReady = await Promise.race([
        once(child, 'message').then(() => true),
        sleep(START_SECONDS * 1_000).then(() => false),
      ])
      expect(isReady, 'the node starts again after a kill').to.equal(true)
      await sleep(random() * LONGEST_LIFE_MS)
      child.kill('SIGKILL')
      await once(child, 'exit')
      kills++
    }
    child = startChild()
    await once(child, 'message')
    const last = await enterLot(datanetId, KILLS)
    await waitForLot(network, last.lotId, ['settled', 'accrued'], { seconds: 90 })

    const lots = await getLots(network.client, { deployment: network.deployment, datanetId })
    expect(lots.filter(({ status }) => status === 'lapsed')).to.deep.equal([])
    const signed = signaturesIn(settings.signaturesFile)
    expect(signed.size, 'it did sign').to.be.at.least(2)
    for (const [lot, contents] of signed) expect([...contents], `statements about ${lot}`).to.have.length(1)
  })

  it('caught up: it attested the last lot, and what the chain counted is what its journal says', async () => {
    child!.kill('SIGTERM')
    await once(child!, 'exit')
    const journal = Journal.open({ dir, key: privateKeyToAccount(childKey).address })
    const recorded = new Map(journal.all().map(({ subject, content }) => [subject, JSON.parse(content)]))
    journal.close()
    const lots = await getLots(network.client, { deployment: network.deployment })
    let compared = 0
    for (const { digest, attestations } of lots) {
      const own = attestations.find(({ validatorId }) => validatorId === 3)
      if (!own) continue
      const { accepted, rejected, report } = recorded.get(digest)
      expect([BigInt(accepted), BigInt(rejected), report]).to.deep.equal([own.accepted, own.rejected, own.report])
      compared++
    }
    expect(compared).to.be.at.least(1)
    expect(recorded.has(lots.findLast(({ itemCount }) => itemCount > 0)!.digest), 'the last lot').to.equal(true)
  })

  it('was never slashed, and no peer holds two statements of it', async () => {
    for (const { metrics } of others.nodes) {
      const { values } = await metrics.duties.get()
      expect(values.filter(({ labels }) => labels.duty === 'slash')).to.deep.equal([])
    }
  })
})

function signaturesIn(file: string): Map<string, Set<string>> {
  const signed = new Map<string, Set<string>>()
  if (!existsSync(file)) return signed
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const { lot, content } = JSON.parse(line) as { lot: string; content: string }
    signed.set(lot, (signed.get(lot) ?? new Set()).add(content))
  }
  return signed
}

const WORDS = 'harbour lantern anchor gull current rope sail cliff beacon shore net oar keel mast wave storm'.split(' ')

/** Words in an order of their own, so that no lot repeats another. */
function sentence(random: () => number): string {
  return `${Array.from({ length: 60 }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ')}.`
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
