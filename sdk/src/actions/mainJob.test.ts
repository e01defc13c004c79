import { expect } from 'chai'
import { type Hex, parseEther, zeroHash } from 'viem'
import { DatanetsDailyFilesExceededError, DatanetsWrongModalityError } from '../errors/datanets.ts'
import { DatanetsContradictionError, DatanetsLotOpenError } from '../errors/lots.ts'
import { createMemoryJournal } from '../journal/memory.ts'
import { createMemoryStore } from '../storage/memory.ts'
import { accountAt, startTestChain, type TestChain } from '../test/chain.ts'
import type { Receipt } from '../types/receipt.ts'
import { wordOf } from '../utils/bitmaps.ts'
import { toContributionId } from '../utils/ids.ts'
import { checkReceipt } from '../utils/receipt.ts'
import { accrue } from './accrue.ts'
import { claim } from './claim.ts'
import { closeLot } from './closeLot.ts'
import { createDatanet } from './createDatanet.ts'
import { explain } from './explain.ts'
import { fund } from './fund.ts'
import { getBalances } from './getBalances.ts'
import { getContribution } from './getContribution.ts'
import { getContributor } from './getContributor.ts'
import { getDatanet } from './getDatanet.ts'
import { getLeaderboard } from './getLeaderboard.ts'
import { getLot } from './getLot.ts'
import { getLotItems } from './getLotItems.ts'
import { getUsage } from './getUsage.ts'
import { getValidators } from './getValidators.ts'
import { planSubmissions } from './planSubmissions.ts'
import { register } from './register.ts'
import { settle } from './settle.ts'
import { signAttestation } from './signAttestation.ts'
import { submit } from './submit.ts'
import { verifyLeaderboard } from './verifyLeaderboard.ts'
import { verifyReceipt } from './verifyReceipt.ts'

const reward = parseEther('2')
const lotFee = parseEther('9')
const text = (content: string) => new TextEncoder().encode(content)

describe('the main job', () => {
  let chain: TestChain
  const alice = accountAt(1)
  const validators = [accountAt(11), accountAt(12), accountAt(13)]
  const keys = [accountAt(21), accountAt(22), accountAt(23)]
  const store = createMemoryStore()
  const journal = createMemoryJournal()
  let datanetId: bigint
  let lotId: bigint

  before(async () => {
    chain = await startTestChain()
    for (const { address } of [alice, ...validators]) await chain.endow(address)
  })
  after(() => chain.close())

  const at = () => ({ deployment: chain.deployment })
  const owner = () => chain.walletOf(chain.owner)

  it('creates and funds a Datanet, with the allowance given in the same transaction', async () => {
    const created = await createDatanet(owner(), {
      ...at(),
      terms: {
        modality: 'Text',
        rewardPerFile: reward,
        lotFee,
        lotWindow: 60,
        voteWindow: 60,
        challengeWindow: 60,
        seatCount: 3,
        quorum: 3,
      },
    })
    datanetId = created.datanetId
    expect(created.modality).to.equal('Text')
    const before = await chain.publicClient.getTransactionCount(chain.owner)
    const funded = await fund(owner(), { ...at(), datanetId, amount: parseEther('1000') })
    expect(funded.amount).to.equal(parseEther('1000'))
    expect(await chain.publicClient.getTransactionCount(chain.owner)).to.equal(before + 1)
    const datanet = await getDatanet(chain.publicClient, { ...at(), datanetId })
    expect(datanet.book.budget).to.equal(parseEther('1000'))
    expect(datanet.formats).to.deep.equal(['md', 'txt', 'pdf', 'docx'])
  })

  it('registers validators with their signing keys', async () => {
    for (const [index, account] of validators.entries()) {
      await chain.transfer(account.address, parseEther('1000'))
      const { validatorId } = await register(chain.walletOf(account), { ...at(), signingKey: keys[index]!, units: 1 })
      expect(validatorId).to.equal(BigInt(index + 1))
    }
    const all = await getValidators(chain.publicClient, at())
    expect(all.map(({ stake }) => stake)).to.deep.equal([parseEther('1000'), parseEther('1000'), parseEther('1000')])
  })

  it('refuses what a Datanet does not take before anything is sent', async () => {
    const wallet = chain.walletOf(alice)
    const picture = { name: 'a.png', bytes: text('not really') }
    const refused = await submit(wallet, { ...at(), datanetId, files: [picture], store, journal }).catch((e) => e)
    expect(refused).to.be.instanceOf(DatanetsWrongModalityError)
    expect(refused.shortMessage).to.equal(`Datanet ${datanetId} holds Text, but the files are png.`)
    const many = Array.from({ length: 21 }, (_, n) => ({ name: `${n}.txt`, bytes: text(`file ${n}`) }))
    const over = await submit(wallet, { ...at(), datanetId, files: many, store, journal }).catch((e) => e)
    expect(over).to.be.instanceOf(DatanetsDailyFilesExceededError)
    expect(over.args).to.deep.include({ limit: 20n, used: 0n, asked: 21n })
    expect(await journal.list()).to.deep.equal([])
    const plan = await planSubmissions(wallet, {
      ...at(),
      files: many.map(({ bytes, name }) => ({ name, size: bytes.length })),
    })
    expect(plan.submissions[0]!.files).to.have.length(20)
    expect(plan.later).to.have.length(1)
  })

  it('submits files and publishes them once mined', async () => {
    const files = ['one', 'two', 'three'].map((name) => ({ name: `${name}.txt`, bytes: text(name) }))
    const steps: string[] = []
    const submitted = await submit(chain.walletOf(alice), {
      ...at(),
      datanetId,
      files,
      store,
      journal,
      onProgress: ({ step }) => steps.push(step),
    })
    lotId = submitted.lotId
    expect(steps).to.deep.equal(['packed', 'simulated', 'sent', 'mined', 'published', 'published', 'published'])
    expect(submitted.contributionIds).to.have.length(3)
    expect(await journal.list()).to.deep.equal([])
    expect((await getUsage(chain.publicClient, { ...at(), account: alice.address })).files.used).to.equal(3)
  })

  it('gives validators every item with its manifest', async () => {
    const items = await getLotItems(chain.publicClient, { ...at(), lotId, store })
    expect(items.map(({ status }) => status)).to.deep.equal(['found', 'found', 'found'])
    const [first] = items
    if (first?.status !== 'found') return expect.fail('not found')
    expect(new TextDecoder().decode(await store.get(first.payloadCid))).to.equal('one')
    expect(first.manifest.contributor).to.equal(alice.address)
  })

  it('closes, attests, settles, accrues and claims', async () => {
    const wallet = owner()
    await chain.mine()
    const early = await closeLot(wallet, { ...at(), lotId }).catch((e) => e)
    expect(early).to.be.instanceOf(DatanetsLotOpenError)
    await chain.wait(61)
    const closed = await closeLot(wallet, { ...at(), lotId })
    expect(closed.seats.toSorted()).to.deep.equal([1, 2, 3])

    const state = await getLot(chain.publicClient, { ...at(), lotId })
    expect(state.status).to.equal('closed')
    const attestations = await Promise.all(
      state.seats.map(async (validatorId, seat) => ({
        seat,
        attestation: await signAttestation(chain.publicClient, {
          ...at(),
          lot: state.lot!,
          account: keys[validatorId - 1]!,
          accepted: wordOf([0, 1]),
          rejected: wordOf([2]),
          report: zeroHash.replace('00', 'aa') as `0x${string}`,
        }),
      })),
    )
    const broken = attestations.map((item) => ({ ...item, attestation: { ...item.attestation, rejected: 3n } }))
    const contradiction = await settle(wallet, { ...at(), lotId, attestations: broken }).catch((e) => e)
    expect(contradiction).to.be.instanceOf(DatanetsContradictionError)
    const settled = await settle(wallet, { ...at(), lotId, attestations: attestations.toReversed() })
    expect(settled.accepted).to.equal(3n)
    expect(settled.pay.reduce((sum, { amount }) => sum + amount, 0n)).to.equal(lotFee)

    await chain.wait(61)
    const accrued = await accrue(wallet, { ...at(), lotId })
    expect(accrued.credits).to.deep.equal([{ contributor: alice.address, first: 0, count: 2, amount: 2n * reward }])
    expect((await getBalances(chain.publicClient, { ...at(), account: alice.address })).claimable).to.equal(2n * reward)
    const claimed = await claim(chain.walletOf(alice), at())
    expect(claimed.total).to.equal(2n * reward)
    expect((await getBalances(chain.publicClient, { ...at(), account: alice.address })).wallet).to.equal(2n * reward)
  })

  it('answers from events what the contract says', async () => {
    const { blockNumber, rows } = await getLeaderboard(chain.publicClient, at())
    expect(rows).to.have.length(1)
    expect(rows[0]).to.deep.include({
      rank: 1,
      account: alice.address,
      score: 2,
      accepted: 2,
      rejected: 1,
      rewards: 2n * reward,
    })
    const verified = await verifyLeaderboard(chain.publicClient, { ...at(), rows, blockNumber })
    expect(verified.difference).to.equal(null)
    const lied = await verifyLeaderboard(chain.publicClient, {
      ...at(),
      rows: [{ ...rows[0]!, score: 3 }],
      blockNumber,
    })
    expect(lied.difference).to.deep.include({ rank: 1, field: 'score', given: 3, found: 2 })

    const contributor = await getContributor(chain.publicClient, { ...at(), account: alice.address })
    expect(contributor.contributions.map(({ status }) => status)).to.deep.equal(['accrued', 'accrued', 'rejected'])
    expect(contributor).to.deep.include({ score: 2, rewards: 2n * reward, claimed: 2n * reward })
    const rejected = await getContribution(chain.publicClient, {
      ...at(),
      contributionId: contributor.contributions[2]!.contributionId,
    })
    expect(rejected.votes.map(({ vote }) => vote)).to.deep.equal(['reject', 'reject', 'reject'])
  })

  describe('the receipt of a contribution', () => {
    let receipt: Receipt
    before(async () => {
      const contributionId = toContributionId({ lotId, index: 1 })
      receipt = await explain(chain.publicClient, { ...at(), contributionId, store })
    })

    it('leads from the file to the payment and survives JSON', async () => {
      expect(receipt.status).to.equal('accrued')
      expect(receipt.events.map(({ name }) => name)).to.deep.equal([
        'DatanetCreated',
        'Submitted',
        'LotClosed',
        'LotSettled',
        'Accrued',
        'LotAccrued',
        'Claimed',
      ])
      expect(receipt.events.every(({ proof }) => proof.length > 0)).to.equal(true)
      const checked = await verifyReceipt(chain.publicClient, { ...at(), receipt: JSON.parse(JSON.stringify(receipt)) })
      expect(checked.links.filter(({ reason }) => reason)).to.deep.equal([])
      expect(checked.valid).to.equal(true)
    })

    it('names the link that breaks when one byte is changed', async () => {
      const roots = new Map<bigint, Hex>()
      for (const { blockNumber } of receipt.events) {
        const block = await chain.publicClient.getBlock({ blockNumber: BigInt(blockNumber) })
        roots.set(block.number, block.receiptsRoot)
      }
      const { chainId, contracts } = structuredClone(receipt)
      const trusted = { chainId, contracts }
      const failedBy = (change: (copy: Receipt) => void) => {
        const copy = structuredClone(receipt) as Receipt
        change(copy)
        return checkReceipt(copy, { ...trusted, rootOf: (number) => roots.get(number) }).failed?.link
      }
      const flip = (hex: Hex) => `${hex.slice(0, -1)}${hex.endsWith('0') ? '1' : '0'}` as Hex
      expect(failedBy(() => {})).to.equal(undefined)
      expect(
        failedBy((copy) => {
          copy.contracts.datanets = chain.owner.address
        }),
      ).to.equal('contracts')
      expect(
        failedBy((copy) => {
          copy.manifest = copy.manifest.replace('two', 'owt')
        }),
      ).to.equal('manifest')
      expect(
        failedBy((copy) => {
          ;(copy.item as { contentHash: Hex }).contentHash = flip(copy.item.contentHash)
        }),
      ).to.equal('manifest')
      expect(
        failedBy((copy) => {
          ;(copy.item as { path: readonly Hex[] }).path = copy.item.path.map(flip)
        }),
      ).to.equal('leaf')
      expect(
        failedBy((copy) => {
          ;(copy.item as { manifests: Hex }).manifests = flip(copy.item.manifests)
        }),
      ).to.equal('submission')
      for (const [position, { name }] of receipt.events.entries()) {
        expect(
          failedBy((copy) => {
            ;(copy.events[position] as { data: Hex }).data = flip(copy.events[position]!.data)
          }),
        ).to.equal(`event ${name}`)
        expect(
          failedBy((copy) => {
            ;(copy.events[position] as { proof: readonly Hex[] }).proof = copy.events[position]!.proof.map(flip)
          }),
        ).to.equal(`event ${name}`)
      }
      expect(
        failedBy((copy) => {
          ;(copy.votes[0] as { vote: string }).vote = 'reject'
        }),
      ).to.equal('votes')
      expect(
        failedBy((copy) => {
          ;(copy.votes[2] as { report: Hex }).report = flip(copy.votes[2]!.report)
        }),
      ).to.equal('votes')
      expect(
        failedBy((copy) => {
          copy.status = 'rejected'
        }),
      ).to.equal('status')
      expect(checkReceipt(receipt, { ...trusted, rootOf: () => undefined }).failed?.link).to.equal(
        'event DatanetCreated',
      )
    })
  })
})
