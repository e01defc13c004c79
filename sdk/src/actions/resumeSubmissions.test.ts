import 'fake-indexeddb/auto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { parseEther } from 'viem'
import { JournalCorruptError } from '../errors/journal.ts'
import { PublishFailedError, SubmissionNotMinedError } from '../errors/submission.ts'
import { createBrowserJournal } from '../journal/indexedDb.ts'
import { createMemoryJournal } from '../journal/memory.ts'
import type { SubmissionJournal } from '../journal/types.ts'
import { createFileJournal } from '../node/journal.ts'
import { createMemoryStore } from '../storage/memory.ts'
import type { ContentStore } from '../storage/types.ts'
import { accountAt, startTestChain, type TestChain } from '../test/chain.ts'
import { createDatanet } from './createDatanet.ts'
import { fund } from './fund.ts'
import { getLots } from './getLots.ts'
import { prepareSubmission } from './prepareSubmission.ts'
import { publishSubmission } from './publishSubmission.ts'
import { resumeSubmissions } from './resumeSubmissions.ts'
import { signSubmission } from './signSubmission.ts'
import { submit } from './submit.ts'
import { submitFor } from './submitFor.ts'

const text = (content: string) => new TextEncoder().encode(content)

/** A process that is gone as soon as its signed transaction is safe: nothing after that ever runs. */
function dyingOnceSigned(inner: SubmissionJournal): { dying: SubmissionJournal; died: Promise<void> } {
  let die = () => {}
  const died = new Promise<void>((resolve) => {
    die = resolve
  })
  const dying: SubmissionJournal = {
    ...inner,
    async put(record) {
      await inner.put(record)
      if (!record.transaction) return
      die()
      await new Promise(() => {})
    },
  }
  return { dying, died }
}

describe('what a crash or an outage interrupts', () => {
  let chain: TestChain
  let datanetId: bigint
  const alice = accountAt(1)
  const at = () => ({ deployment: chain.deployment })
  let seed = 0
  const files = () => {
    seed += 1
    return [{ name: 'a.txt', bytes: text(`content ${seed}`) }]
  }
  const entered = async () => (await getLots(chain.publicClient, at())).flatMap(({ submissions }) => submissions).length

  before(async () => {
    chain = await startTestChain()
    await chain.endow(alice.address)
    const owner = chain.walletOf(chain.owner)
    const terms = { modality: 'Text', rewardPerFile: parseEther('1') } as const
    datanetId = (await createDatanet(owner, { ...at(), terms })).datanetId
    await fund(owner, { ...at(), datanetId, amount: parseEther('100') })
  })
  after(() => chain.close())

  it('publishes what was entered when the store was down', async () => {
    const journal = createMemoryJournal()
    const store = createMemoryStore()
    const down: ContentStore = { ...store, put: () => Promise.reject(new TypeError('connection refused')) }
    const parameters = { ...at(), datanetId, files: files(), journal }
    const error = await submit(chain.walletOf(alice), { ...parameters, store: down }).catch((caught) => caught)
    expect(error).to.be.instanceOf(PublishFailedError)
    expect(await journal.list()).to.have.length(1)

    const before = await entered()
    const [resumed] = await resumeSubmissions(chain.walletOf(alice), { ...at(), journal, store })
    expect(resumed).to.deep.include({ status: 'published', contributionIds: error.contributionIds })
    expect(await entered()).to.equal(before)
    expect(await journal.list()).to.deep.equal([])
  })

  it('sends the very transaction it had signed, once, when it stopped before sending', async () => {
    const inner = createMemoryJournal()
    const { dying, died } = dyingOnceSigned(inner)
    const before = await entered()
    const store = createMemoryStore()
    const parameters = { ...at(), datanetId, files: files(), store }
    submit(chain.walletOf(alice), { ...parameters, journal: dying })
    await died
    expect(await entered()).to.equal(before)
    const [{ transaction } = {}] = await inner.list()
    const [resumed] = await resumeSubmissions(chain.walletOf(alice), { ...at(), journal: inner, store })
    expect(resumed?.status).to.equal('published')
    if (resumed?.status === 'published') expect(resumed.hash).to.equal(transaction!.hash)
    expect(await entered()).to.equal(before + 1)
    expect(await resumeSubmissions(chain.walletOf(alice), { ...at(), journal: inner, store })).to.deep.equal([])
  })

  it('does not enter twice what was sent before the process stopped', async () => {
    const inner = createMemoryJournal()
    const store = createMemoryStore()
    const stop = new AbortController()
    const before = await entered()
    const parameters = { ...at(), datanetId, files: files(), store, journal: inner, signal: stop.signal }
    await submit(chain.walletOf(alice), {
      ...parameters,
      onProgress: ({ step }) => step === 'sent' && stop.abort(),
    }).catch(() => {})
    const [resumed] = await resumeSubmissions(chain.walletOf(alice), { ...at(), journal: inner, store })
    expect(resumed?.status).to.equal('published')
    expect(await entered()).to.equal(before + 1)
  })

  it('sends anew when its nonce went to another transaction, unless told to report or discard', async () => {
    const inner = createMemoryJournal()
    const { dying, died } = dyingOnceSigned(inner)
    const store = createMemoryStore()
    const wallet = chain.walletOf(alice)
    submit(wallet, { ...at(), datanetId, files: files(), store, journal: dying })
    await died
    await wallet.sendTransaction({ to: alice.address, value: 1n })
    const resume = (whenMissing?: 'report') =>
      resumeSubmissions(wallet, { ...at(), journal: inner, store, whenMissing })
    expect((await resume('report'))[0]).to.deep.include({ status: 'missing', names: ['a.txt'] })
    const before = await entered()
    expect((await resume())[0]?.status).to.equal('published')
    expect(await entered()).to.equal(before + 1)
  })

  it('publishes nothing that is not on chain', async () => {
    const store = createMemoryStore()
    const submission = await prepareSubmission(chain.walletOf(alice), { ...at(), datanetId, files: files() })
    const error = await publishSubmission(chain.publicClient, { ...at(), submission, store }).catch((caught) => caught)
    expect(error).to.be.instanceOf(SubmissionNotMinedError)
    const got = await store.get(submission.items[0]!.manifest.payload).catch((caught) => caught)
    expect(got.name).to.equal('ContentUnavailableError')
  })

  it('lets a relayer pay the gas and the contributor publish', async () => {
    const poor = accountAt(7)
    const store = createMemoryStore()
    const submission = await prepareSubmission(chain.walletOf(poor), { ...at(), datanetId, files: files() })
    const { timestamp } = await chain.publicClient.getBlock()
    const signed = await signSubmission(chain.walletOf(poor), { submission, deadline: timestamp + 600n })
    const relayed = await submitFor(chain.walletOf(chain.owner), { ...at(), ...signed })
    const published = await publishSubmission(chain.publicClient, { ...at(), submission, store })
    expect(published.contributionIds).to.deep.equal(relayed.contributionIds)
    const again = await submitFor(chain.walletOf(chain.owner), { ...at(), ...signed }).catch((caught) => caught)
    expect(again.name).to.equal('DatanetsNonceUsedError')
  })
})

describe('journals', () => {
  const record = {
    id: `0x${'ab'.repeat(32)}`,
    chainId: 31337,
    contracts: `0x${'01'.repeat(20)}`,
    datanetId: 2n ** 40n,
    contributor: `0x${'02'.repeat(20)}`,
    manifests: `0x${'03'.repeat(32)}`,
    items: [{ name: 'ä/ö.txt', bytes: text('bytes \u0000 and all'), manifestBlock: text('{}') }],
    admission: '0x',
    block: 7n,
    transaction: { hash: `0x${'04'.repeat(32)}`, raw: '0x1234' },
  } as const

  function shouldBehaveLikeAJournal(open: () => SubmissionJournal) {
    it('keeps, replaces and forgets', async () => {
      const journal = open()
      const copy = { ...record, items: [...record.items] }
      await journal.put({ ...copy, transaction: undefined })
      await journal.put(copy)
      const [kept, ...others] = await open().list()
      expect(others).to.deep.equal([])
      expect(kept).to.deep.equal(copy)
      await journal.delete(record.id)
      await journal.delete(record.id)
      expect(await open().list()).to.deep.equal([])
    })
  }

  describe('in memory', () => {
    const journal = createMemoryJournal()
    shouldBehaveLikeAJournal(() => journal)
  })
  describe('in a browser', () => shouldBehaveLikeAJournal(() => createBrowserJournal({ name: 'test' })))
  describe('on disk', () => {
    let dir: string
    before(async () => {
      dir = await mkdtemp(join(tmpdir(), 'datanets-journal-'))
    })
    after(() => rm(dir, { recursive: true }))
    shouldBehaveLikeAJournal(() => createFileJournal({ dir }))

    it('error: JournalCorruptError', async () => {
      await writeFile(join(dir, `${record.id}.json`), '{"half":')
      const error = await createFileJournal({ dir })
        .list()
        .catch((caught) => caught)
      expect(error).to.be.instanceOf(JournalCorruptError)
    })
  })
})
