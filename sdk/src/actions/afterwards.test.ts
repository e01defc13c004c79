import { expect } from 'chai'
import { type Hex, keccak256, parseEther, stringToHex, zeroHash } from 'viem'
import { ModelFactoryNotOwnerError } from '../errors/modelFactory.ts'
import { createMemoryJournal } from '../journal/memory.ts'
import { createMemoryStore } from '../storage/memory.ts'
import { accountAt, startTestChain, type TestChain } from '../test/chain.ts'
import type { LotState } from '../utils/lotState.ts'
import { SHARE_TOTAL } from '../utils/shares.ts'
import { shareTreeOf } from '../utils/tree.ts'
import { anchorRun } from './anchorRun.ts'
import { appealFree } from './appealFree.ts'
import { attestAppeal } from './attestAppeal.ts'
import { attestRun } from './attestRun.ts'
import { claimFees } from './claimFees.ts'
import { claimShares } from './claimShares.ts'
import { closeLot } from './closeLot.ts'
import { collectVoucher } from './collectVoucher.ts'
import { createDatanet } from './createDatanet.ts'
import { deposit } from './deposit.ts'
import { fund } from './fund.ts'
import { getAppeal } from './getAppeal.ts'
import { getLot } from './getLot.ts'
import { getRun } from './getRun.ts'
import { openRun } from './openRun.ts'
import { payFee } from './payFee.ts'
import { register } from './register.ts'
import { resolveObjection } from './resolveObjection.ts'
import { seatAppeal } from './seatAppeal.ts'
import { settle } from './settle.ts'
import { settleAppeal } from './settleAppeal.ts'
import { signAttestation } from './signAttestation.ts'
import { signRunAttestation, signVoucher } from './signRun.ts'
import { submit } from './submit.ts'
import { watchLot } from './watch.ts'

const digest = (text: string) => keccak256(stringToHex(text))

describe('what comes after a result', () => {
  let chain: TestChain
  const alice = accountAt(1)
  const validators = Array.from({ length: 4 }, (_, index) => accountAt(11 + index))
  const keys = validators.map((_, index) => accountAt(31 + index))
  const at = () => ({ deployment: chain.deployment })
  const owner = () => chain.walletOf(chain.owner)

  before(async () => {
    chain = await startTestChain()
    for (const { address } of [alice, ...validators]) await chain.endow(address)
    for (const [index, account] of validators.entries()) {
      await chain.transfer(account.address, parseEther('1000'))
      await register(chain.walletOf(account), { ...at(), signingKey: keys[index]!, units: 1 })
    }
  })
  after(() => chain.close())

  it('appeals a rejection for free, before another committee, and shows each step to a watcher', async () => {
    const windows = { lotWindow: 60, voteWindow: 60, challengeWindow: 60 } as const
    const terms = { modality: 'Text', rewardPerFile: 1n, lotFee: 8n, seatCount: 1, quorum: 1, ...windows } as const
    const { datanetId } = await createDatanet(owner(), { ...at(), terms })
    await fund(owner(), { ...at(), datanetId, amount: 1_000n, approval: 'transaction' })
    const files = [{ name: 'a.txt', bytes: new TextEncoder().encode('judged twice') }]
    const io = { store: createMemoryStore(), journal: createMemoryJournal() }
    const { lotId } = await submit(chain.walletOf(alice), { ...at(), datanetId, files, ...io })
    const seen: string[] = []
    const unwatch = watchLot(chain.publicClient, { ...at(), lotId, onLot: ({ status }) => seen.push(status) })
    await chain.wait(61)
    const { seats } = await closeLot(owner(), { ...at(), lotId })
    const closed = await getLot(chain.publicClient, { ...at(), lotId })
    const sign = (lot: { digest: Hex; itemCount: bigint }, validatorId: number, accepted: bigint) =>
      signAttestation(chain.publicClient, {
        ...at(),
        lot,
        account: keys[validatorId - 1]!,
        accepted,
        rejected: 1n & ~accepted,
        report: digest('reasons'),
      })
    const attestation = await sign(closed.lot!, seats[0]!, 0n)
    await settle(owner(), { ...at(), lotId, attestations: [{ seat: 0, attestation }] })

    const { objection } = await appealFree(chain.walletOf(alice), { ...at(), lotId, submission: 0, items: 1n })
    await chain.wait(61)
    const { committee } = await seatAppeal(owner(), { ...at(), lotId })
    expect(committee!.seats).to.have.length(3).and.not.include(seats[0])
    const appealed: LotState = await getLot(chain.publicClient, { ...at(), lotId })
    expect(appealed.status).to.equal('appealed')
    for (const [seat, validatorId] of committee!.seats.entries()) {
      const vote = await sign({ digest: committee!.digest, itemCount: 1n }, validatorId, 1n)
      await attestAppeal(owner(), { ...at(), lotId, seat, attestation: vote })
    }
    expect((await settleAppeal(owner(), { ...at(), lotId })).changed).to.equal(1n)
    expect((await resolveObjection(owner(), { ...at(), lotId, objection })).won).to.equal(true)
    const appeal = await getAppeal(chain.publicClient, { ...at(), lotId })
    expect(appeal).to.deep.include({ status: 'settled', changed: 1n })
    expect(appeal!.objections).to.have.length(1)
    const settled = await getLot(chain.publicClient, { ...at(), lotId })
    expect(settled.lot).to.deep.include({ accepted: 1n, status: 1 })
    await new Promise((resolve) => setTimeout(resolve, 300))
    unwatch()
    expect(seen.at(-1)).to.equal('settled')
  })

  it('opens, anchors, attests and pays a run, by fee and by voucher', async () => {
    const spec = {
      baseModel: digest('base'),
      dataset: digest('data'),
      config: digest('config'),
      quorum: 2,
      challengeWindow: 60,
    }
    const { runId } = await openRun(owner(), { ...at(), spec })
    const share = { runId, index: 0n, account: alice.address, share: SHARE_TOTAL }
    const tree = shareTreeOf([share])
    const result = {
      adapter: digest('adapter'),
      metrics: zeroHash,
      attributionRoot: tree.root,
      attribution: digest('scores'),
      shareCount: 1n,
    }
    const stranger = await anchorRun(chain.walletOf(alice), { ...at(), runId, result }).catch((caught) => caught)
    expect(stranger).to.be.instanceOf(ModelFactoryNotOwnerError)
    const { resultHash } = await anchorRun(owner(), { ...at(), runId, result })
    const attestations = await Promise.all(
      keys
        .slice(0, 2)
        .map((account) => signRunAttestation(chain.publicClient, { ...at(), account, runId, resultHash })),
    )
    const attested = await attestRun(owner(), { ...at(), runId, attestations })
    expect(attested.validatorIds).to.deep.equal([1n, 2n])
    expect(attested.finalAfter).to.be.a('number')
    await chain.wait(61)

    const paid = await payFee(owner(), { ...at(), runId, amount: 10_000n })
    expect(paid).to.deep.include({ toPlatform: 1_000n, toOwner: 2_000n, toStakers: 2_000n, toContributors: 5_000n })
    await deposit(owner(), { ...at(), payer: chain.owner.address, amount: 10_000n })
    const { timestamp } = await chain.publicClient.getBlock()
    const signed = await signVoucher(owner(), { ...at(), runId, total: 4_000n, deadline: timestamp + 600n })
    expect((await collectVoucher(owner(), { ...at(), ...signed })).amount).to.equal(4_000n)
    const proofs = [{ runId, index: 0n, share: SHARE_TOTAL, path: tree.proofOf(0) }]
    expect((await claimShares(owner(), { ...at(), contributor: alice.address, proofs })).total).to.equal(7_000n)
    const again = await claimShares(owner(), { ...at(), contributor: alice.address, proofs }).catch((caught) => caught)
    expect(again.name).to.equal('NothingToClaimError')
    // The owner of the run is the platform too.
    expect((await claimFees(owner(), { ...at(), beneficiary: chain.owner.address })).amount).to.equal(4_200n)
    const run = await getRun(chain.publicClient, { ...at(), runId })
    expect(run).to.deep.include({ status: 'final', poolTotal: 7_000n, poolClaimed: 7_000n, resultHash })
    expect(run.votes.map(({ vote }) => vote)).to.deep.equal(['attest', 'attest'])
  })
})
