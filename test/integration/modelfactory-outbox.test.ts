import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { createPublicClient, createWalletClient, type Hex, http, type PublicClient } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { hardhat } from 'viem/chains'
import { Outbox } from '../../modelfactory/src/chain/outbox.ts'
import { openDatabase } from '../../modelfactory/src/runs/database.ts'
import { type LocalChain, startChain } from '../../scripts/stack/chain.ts'
import { people } from './modelfactory-stack.ts'

describe('ModelFactory outbox', function () {
  this.timeout(60_000)
  const account = privateKeyToAccount(generatePrivateKey())
  const outgoing = { intent: 'open r1', to: people.operator.address, data: '0x' as Hex }
  let chain: LocalChain
  let client: PublicClient
  let folder: string
  let db: ReturnType<typeof openDatabase>

  before(async () => {
    chain = await startChain({ port: 0 })
    client = createPublicClient({ chain: hardhat, transport: http(chain.url), pollingInterval: 20, cacheTime: 0 })
    const wallet = createWalletClient({ account: people.operator, chain: hardhat, transport: http(chain.url) })
    const hash = await wallet.sendTransaction({ to: account.address, value: 10n ** 18n })
    await client.waitForTransactionReceipt({ hash })
  })
  after(() => chain.close())
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'outbox-'))
    db = openDatabase(folder)
  })
  afterEach(() => {
    db.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const sent = () => client.getTransactionCount({ address: account.address })
  /** The same folder, in the hands of the next process. */
  const restart = () => {
    db.close()
    db = openDatabase(folder)
    return new Outbox(db, client, account)
  }
  /** A client that dies at the moment of sending, before or after the endpoint has the bytes. */
  const dying = (when: 'before' | 'after'): PublicClient => ({
    ...client,
    async sendRawTransaction(parameters) {
      if (when === 'after') await client.sendRawTransaction(parameters)
      return new Promise<never>(() => {})
    },
  })

  for (const when of ['before', 'after'] as const) {
    it(`sends once when it died ${when} the endpoint had it`, async () => {
      const before = await sent()
      void new Outbox(db, dying(when), account).send(outgoing)
      while (db.prepare('SELECT hash FROM outbox').get() === undefined)
        await new Promise((done) => setTimeout(done, 20))
      const { hash } = db.prepare('SELECT hash FROM outbox').get() as { hash: Hex }
      if (when === 'after') await client.waitForTransactionReceipt({ hash })
      const outbox = restart()
      expect(outbox.has(outgoing.intent)).to.equal(true)
      expect((await outbox.send(outgoing)).hash).to.equal(hash)
      expect((await outbox.send(outgoing)).hash).to.equal(hash)
      expect(await sent()).to.equal(before + 1)
    })
  }

  it('signs anew when another transaction took the nonce', async () => {
    void new Outbox(db, dying('before'), account).send(outgoing)
    while (db.prepare('SELECT hash FROM outbox').get() === undefined) await new Promise((done) => setTimeout(done, 20))
    const { hash: lost } = db.prepare('SELECT hash FROM outbox').get() as { hash: Hex }
    const wallet = createWalletClient({ account, chain: hardhat, transport: http(chain.url) })
    await client.waitForTransactionReceipt({
      hash: await wallet.sendTransaction({ to: people.payer.address, value: 1n }),
    })
    const { hash } = await restart().send(outgoing)
    expect(hash).to.not.equal(lost)
    expect((await client.getTransactionReceipt({ hash })).status).to.equal('success')
  })

  it('gives two wishes two nonces', async () => {
    const before = await sent()
    const outbox = new Outbox(db, client, account)
    const both = await Promise.all([outbox.send(outgoing), outbox.send({ ...outgoing, intent: 'anchor r1' })])
    expect(both[0]!.hash).to.not.equal(both[1]!.hash)
    expect(await sent()).to.equal(before + 2)
  })
})
