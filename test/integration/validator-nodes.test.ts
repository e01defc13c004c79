import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appealFree, getAppeal, type LotState } from '@datanets/sdk'
import { createGateway, type Gateway } from '@datanets/sdk/node'
import { type ContentStore, createMemoryStore } from '@datanets/sdk/storage'
import {
  formatCode,
  formatLotId,
  formatOfName,
  formats,
  hasBit,
  type Modality,
  modalityFormats,
  modalityOf,
} from '@datanets/sdk/utils'
import { expect } from 'chai'
import { createWalletClient, http } from 'viem'
import { generatePrivateKey, mnemonicToAccount, privateKeyToAccount } from 'viem/accounts'
import { hardhat } from 'viem/chains'
import { hostileCases } from '../../scripts/make-hostile-corpus.ts'
import { runCli } from '../../validator/src/cli/program.ts'
import type { ValidatorNode } from '../../validator/src/node.ts'
import { startNetwork, type TestFile, type TestNetwork } from './validator-network.ts'
import { startNodes, waitForLot } from './validator-nodes.ts'

const isDeep = process.env.DATANETS_TEST_PROFILE === 'deep'
/** One of so many hostile files in the quick profile; each is checked by three nodes. */
const HOSTILE_EVERY = isDeep ? 1 : 8
const DAY_FILES = 20
const VOTE_WINDOW = 150
const root = join(import.meta.dirname, '..', '..')
const MNEMONIC = 'test test test test test test test test test test test junk'

type Expectation = 'accept' | 'reject' | 'either'
interface Entered {
  lotId: bigint
  index: number
  name: string
  expectation: Expectation
}

describe('validator nodes', function () {
  this.timeout(300_000)
  let network: TestNetwork
  let store: ContentStore
  let gateway: Gateway
  let home: string
  let nodes: ValidatorNode[]
  let stopNodes: () => Promise<void>
  const entered: Entered[] = []
  const lots = new Map<bigint, LotState>()
  let nextContributor = 7

  before('start a chain, three nodes and a gateway', async () => {
    network = await startNetwork()
    store = createMemoryStore()
    ;({ nodes, stop: stopNodes } = await startNodes(network, store))
    gateway = await createGateway({ store })
    home = mkdtempSync(join(tmpdir(), 'cli-'))
    writeFileSync(join(home, 'deployment.json'), JSON.stringify(network.deployment))
    const storage = { kind: 'gateway', url: gateway.url }
    writeFileSync(
      join(home, 'config.json'),
      JSON.stringify({ rpcUrl: network.url, deployment: 'deployment.json', storage }),
    )
  })
  after('stop everything', async () => {
    await stopNodes?.()
    await gateway?.close()
    await network?.close()
    if (home) rmSync(home, { recursive: true })
  })

  async function cli(...args: string[]) {
    let out = ''
    let err = ''
    const account = mnemonicToAccount(MNEMONIC, { addressIndex: 6 })
    const key = `0x${Buffer.from(account.getHdKey().privateKey!).toString('hex')}`
    const code = await runCli([...args, '--home', home], {
      env: { DATANET_ACCOUNT_KEY: key },
      signal: AbortSignal.timeout(60_000),
      streams: {
        out: (text) => {
          out += text
        },
        err: (text) => {
          err += text
        },
      },
    })
    return { code, out, err, json: () => JSON.parse(out) }
  }

  function filesBelow(folder: string): TestFile[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => ({ name: entry.name, bytes: new Uint8Array(readFileSync(join(entry.parentPath, entry.name))) }))
      .filter(({ bytes }) => bytes.length > 0)
  }

  async function enterAll(datanetId: bigint, files: (TestFile & { expectation: Expectation })[]) {
    for (let at = 0; at < files.length; at += DAY_FILES) {
      const batch = files.slice(at, at + DAY_FILES)
      const contributor = mnemonicToAccount(MNEMONIC, { addressIndex: nextContributor++ })
      const { lotId, first } = await network.submit({ datanetId, contributor, files: batch, store })
      for (const [offset, { name, expectation }] of batch.entries()) {
        entered.push({ lotId, index: first + offset, name, expectation })
      }
    }
  }

  function resultOf({ lotId, index }: Entered): 'accept' | 'reject' | 'undecided' {
    const { accepted, undecided } = lots.get(lotId)!.lot!
    return hasBit(accepted, index) ? 'accept' : hasBit(undecided, index) ? 'undecided' : 'reject'
  }

  it('settle mixed lots of all twelve formats and of the hostile corpus, and accrue them', async () => {
    const good = filesBelow(join(root, 'samples', 'good'))
    const bad = filesBelow(join(root, 'samples', 'bad'))
    const hostile = (await hostileCases()).filter(
      ({ bytes, claims }, at) =>
        at % HOSTILE_EVERY === 0 && claims === undefined && bytes.length > 0 && bytes.length < 450_000,
    )
    expect(new Set(good.map(({ name }) => formatOfName(name))).size).to.equal(formats.length)
    expect(hostile.length).to.be.at.least(10)

    for (const modality of ['Text', 'Image', 'Audio'] as Modality[]) {
      const datanetId = await network.createDatanet(modality, { voteWindow: VOTE_WINDOW, lotWindow: 4 })
      const isOurs = (format: string) => modalityFormats[modality] & (1 << formatCode(format as never))
      const ours = (files: TestFile[]) => files.filter(({ name }) => isOurs(formatOfName(name)!))
      await enterAll(datanetId, [
        ...ours(good).map((file) => ({ ...file, expectation: 'accept' as const })),
        ...ours(bad).map((file) => ({ ...file, expectation: 'reject' as const })),
        ...hostile
          .filter(({ format }) => modalityOf(1 << formatCode(format)) === modality)
          .map(({ name, bytes, format, expect: wanted }) => ({
            name,
            bytes,
            format,
            // An acceptable one may still repeat another of the corpus.
            expectation: wanted === 'reject' ? ('reject' as const) : ('either' as const),
          })),
      ])
    }
    for (const lotId of new Set(entered.map((item) => item.lotId))) {
      lots.set(lotId, await waitForLot(network, lotId, ['accrued'], { seconds: 200 }))
    }
    const wrong = entered.filter((item) => item.expectation !== 'either' && resultOf(item) !== item.expectation)
    expect(wrong.map((item) => `${item.name}: ${resultOf(item)}, not ${item.expectation}`)).to.deep.equal([])
    expect(entered.filter((item) => resultOf(item) === 'undecided').map(({ name }) => name)).to.deep.equal([])
  })

  it('agree with each other on every item, whatever machine they are', () => {
    for (const { attestations, seats } of lots.values()) {
      expect(attestations.filter(({ counted }) => counted)).to.have.length(seats.length)
      expect(new Set(attestations.map(({ accepted, rejected }) => `${accepted} ${rejected}`)).size).to.equal(1)
    }
  })

  it('sent each duty once: what one node did no other paid for', async () => {
    const outcomes = await Promise.all(
      nodes.map(async ({ metrics }) =>
        (await metrics.duties.get()).values.filter(({ labels }) => labels.outcome === 'done'),
      ),
    )
    const done = (duty: string) =>
      outcomes
        .flat()
        .filter(({ labels }) => labels.duty === duty)
        .reduce((sum, { value }) => sum + value, 0)
    expect(done('close')).to.equal(lots.size)
    expect(done('settle')).to.equal(lots.size)
    expect(done('accrue')).to.equal(lots.size)
  })

  it('tell their health and numbers over HTTP', async () => {
    const ready = await fetch(`${nodes[0]!.url}/readyz`)
    expect(ready.status).to.equal(200)
    const text = await (await fetch(`${nodes[0]!.metricsUrl}/metrics`)).text()
    const accrued = Number(/^datanet_lots\{status="accrued"\} (\d+)$/m.exec(text)?.[1])
    expect(accrued).to.be.within(1, lots.size)
    expect(text).to.match(/^datanet_journal_refusals_total 0$/m)
  })

  it('abstain on a file that cannot be fetched: it ends undecided, not rejected, and the others are judged', async () => {
    const datanetId = await network.createDatanet('Text', { voteWindow: 20 })
    const [one] = filesBelow(join(root, 'samples', 'good', 'text'))
    const two = {
      name: 'unpublished.txt',
      bytes: new TextEncoder().encode('A note that its author never published. '.repeat(3)),
    }
    const contributor = mnemonicToAccount(MNEMONIC, { addressIndex: nextContributor++ })
    const { lotId } = await network.submit({ datanetId, contributor, files: [one!, two], store, without: [two.name] })
    const { lot } = await waitForLot(network, lotId, ['settled', 'accrued'], { seconds: 60 })
    expect([lot!.accepted, lot!.undecided]).to.deep.equal([0b01n, 0b10n])
  })

  it('reject every item of a submission whose list does not have the root that was entered', async () => {
    const datanetId = await network.createDatanet('Text', { voteWindow: 20 })
    const contributor = mnemonicToAccount(MNEMONIC, { addressIndex: nextContributor++ })
    const files = filesBelow(join(root, 'samples', 'good', 'text')).slice(0, 2)
    const { lotId } = await network.submit({ datanetId, contributor, files, store, totalBytes: 10 })
    const { lot } = await waitForLot(network, lotId, ['settled', 'accrued'], { seconds: 60 })
    expect([lot!.accepted, lot!.undecided]).to.deep.equal([0n, 0n])
  })

  it('take an appealed lot to its end: draw the committee, judge again, settle', async () => {
    const datanetId = await network.createDatanet('Text', {
      seatCount: 1,
      quorum: 1,
      challengeWindow: 10,
      voteWindow: 40,
    })
    const contributor = mnemonicToAccount(MNEMONIC, { addressIndex: nextContributor++ })
    const text = 'Write to jane.doe@example.org about the boat, she answers every letter within a week or two.'
    const files = [{ name: 'letter.txt', bytes: new TextEncoder().encode(text) }]
    const { lotId } = await network.submit({ datanetId, contributor, files, store })
    const settled = await waitForLot(network, lotId, ['settled'], { seconds: 60 })
    expect(settled.seats).to.have.length(1)
    const wallet = createWalletClient({ account: contributor, chain: hardhat, transport: http(network.url) })
    await appealFree(wallet, { deployment: network.deployment, lotId, submission: 0, items: 1n })
    const { lot } = await waitForLot(network, lotId, ['accrued'], { seconds: 100 })
    const appeal = await getAppeal(network.client, { deployment: network.deployment, lotId })
    expect([appeal?.status, appeal?.seats.length, appeal?.seatsVoted]).to.deep.equal(['settled', 2, 0b11])
    expect(appeal?.seats).to.not.include(settled.seats[0])
    expect([appeal?.changed, lot!.accepted]).to.deep.equal([0n, 0n])
  })

  describe('datanet explain', () => {
    it("shows a rejected contributor every validator's reason", async () => {
      const rejected = entered.find(({ name }) => name === 'exact-duplicate.md')!
      const id = `${formatLotId(rejected.lotId)}-${rejected.index}`
      const { code, json } = await cli('explain', id, '--json')
      const { status, votes } = json()
      expect(code).to.equal(0)
      expect(status).to.equal('rejected')
      expect(votes).to.have.length(3)
      for (const { vote, reading, item } of votes) {
        expect([vote, reading]).to.deep.equal(['reject', 'read'])
        const reason = item.reasons.find((given: { code: string }) => given.code === 'exact-duplicate')
        expect(reason.related.similarity).to.equal(1)
        expect(reason.related.contribution).to.match(/^\d+-\d+-\d+$/)
      }
    })

    it('says so for people, validator by validator', async () => {
      const rejected = entered.find(({ name }) => name === 'silent.wav')!
      const { out } = await cli('explain', `${formatLotId(rejected.lotId)}-${rejected.index}`)
      expect(out.match(/validator \d: reject/g)).to.have.length(3)
      expect(out.match(/silence: silent/g)).to.have.length(3)
    })
  })

  describe('the other commands', () => {
    it('verify recomputes a lot and a contribution from chain and store', async () => {
      const item = entered.find(({ expectation }) => expectation === 'accept')!
      const { code, json } = await cli('verify', `${formatLotId(item.lotId)}-${item.index}`, '--json')
      const { findings } = json()
      expect(findings.filter(({ outcome }: { outcome: string }) => outcome !== 'same')).to.deep.equal([])
      expect(findings).to.have.length(13)
      expect(code).to.equal(0)
    })

    it('lots, datanets and leaderboard answer from the chain', async () => {
      expect((await cli('datanets', '--json')).json()).to.have.length(6)
      expect((await cli('lots', '1', '--status', 'accrued', '--json')).json()).to.have.length(1)
      const { rows } = (await cli('leaderboard', '1', '--json')).json()
      expect(rows[0].rank).to.equal(1)
      expect(rows[0].score).to.be.at.least(10)
    })

    it('claim --dry-run sends nothing, claim sends', async () => {
      const { rows } = (await cli('leaderboard', '1', '--json')).json()
      const account = rows[0].account
      const before = (await cli('status', account, '--json')).json().balances
      expect(BigInt(before.claimable) > 0n).to.equal(true)
      const dry = (await cli('claim', account, '--dry-run', '--json')).json()
      expect(dry.calls[0].functionName).to.equal('claim')
      expect((await cli('status', account, '--json')).json().balances.claimable).to.equal(before.claimable)
      expect((await cli('claim', account, '--json')).json().total).to.equal(before.claimable)
      expect((await cli('status', account, '--json')).json().balances.claimable).to.equal('0')
    })

    it('exit 3 when the contracts refuse, 2 for a wrong id, 4 for a silent endpoint', async () => {
      const { code, err } = await cli('accrue', formatLotId(entered[0]!.lotId))
      expect([code, err]).to.satisfy(([given, text]: [number, string]) => given === 3 && text.length > 20)
      expect((await cli('explain', 'nonsense')).code).to.equal(2)
      expect((await cli('datanets', '--rpc', 'http://127.0.0.1:9')).code).to.equal(4)
    })

    it('stake registers a new validator with its own signing key', async () => {
      const signing = generatePrivateKey()
      const unit = 10n ** 21n
      await network.giveOpen(mnemonicToAccount(MNEMONIC, { addressIndex: 6 }).address, 3n * unit)
      let out = ''
      const account = mnemonicToAccount(MNEMONIC, { addressIndex: 6 })
      const key = `0x${Buffer.from(account.getHdKey().privateKey!).toString('hex')}`
      const env = { DATANET_ACCOUNT_KEY: key, DATANET_SIGNING_KEY: signing }
      const streams = {
        out: (text: string) => {
          out += text
        },
        err: () => undefined,
      }
      const code = await runCli(['stake', '2', '--home', home, '--json'], {
        env,
        streams,
        signal: AbortSignal.timeout(60_000),
      })
      expect([code, JSON.parse(out).validatorId]).to.deep.equal([0, '4'])
      expect(JSON.parse(out).signingKey).to.equal(privateKeyToAccount(signing).address)
      const { json } = await cli('unstake', '1', '--json')
      expect(json().units).to.equal(1)
    })
  })
})
