import { expect } from 'chai'
import { concat, keccak256, id as keccakOfText, parseEther, Signature, Wallet } from 'ethers'
import { network } from 'hardhat'
import type { AttestationStruct, LotStruct, SubmissionStruct } from '../../typechain/Datanets.js'
import type { Datanets, OpenToken, Validators } from '../../typechain/index.js'
import { domainOf, leavesOf, lotAttestationTypes, signingKeyTypes, terms, treeOf } from './support/lots.ts'

describe('main path with ethers and typechain types', () => {
  async function fixture() {
    const { ethers, networkHelpers } = await network.create()
    const [operator, alice, ...stakers] = await ethers.getSigners()
    const open = (await ethers.deployContract('OpenToken', [operator!.address])) as unknown as OpenToken
    const datanets = (await ethers.deployContract('Datanets', [open])) as unknown as Datanets
    const validators = (await ethers.getContractAt('Validators', await datanets.VALIDATORS())) as unknown as Validators
    const keys = []
    for (const staker of stakers.slice(0, 3)) {
      const key = Wallet.createRandom()
      const unit = await validators.UNIT()
      await open.transfer(staker, unit)
      await open.connect(staker).approve(validators, unit)
      const domain = domainOf('Validators', (await validators.getAddress()) as `0x${string}`)
      const proof = await key.signTypedData(
        domain,
        { SigningKey: [...signingKeyTypes.SigningKey] },
        { account: staker.address },
      )
      await validators.connect(staker).register(key.address, proof, 1n)
      keys.push(key)
    }
    await datanets.createDatanet(terms, keccakOfText('rules'))
    await open.approve(datanets, parseEther('1000'))
    await datanets.fund(1n, parseEther('1000'))
    return { open, datanets, keys, networkHelpers, alice: alice! }
  }

  it('goes from entry to claim, and the typed calls carry the lot state back', async () => {
    const { open, datanets, keys, networkHelpers, alice } = await fixture()
    const tree = treeOf(leavesOf(2, 'ethers'))
    await datanets.connect(alice).submit(1n, tree.root, 2n, 200n, 2n, keccakOfText('list'), '0x')
    const [submitted] = await datanets.queryFilter(datanets.filters.Submitted())
    const { lot: id, entry, root, manifests } = submitted!.args
    const submissions: SubmissionStruct[] = [{ entry, content: keccak256(concat([root, manifests])) }]

    await networkHelpers.time.increase(terms.lotWindow)
    await datanets.closeLot(id, submissions)
    const [closed] = await datanets.queryFilter(datanets.filters.LotClosed())
    const { digest, itemCount, seats, closedAt } = closed!.args
    const lot: LotStruct = {
      id,
      digest,
      itemCount,
      seats,
      closedAt,
      settledAt: 0n,
      status: 0n,
      accepted: 0n,
      undecided: 0n,
      revoked: 0n,
    }
    const votes = { accepted: 0b01n, rejected: 0b10n, report: keccakOfText('report') }
    const domain = domainOf('Datanets', (await datanets.getAddress()) as `0x${string}`)
    const attestations: AttestationStruct[] = []
    for (let seat = 0n; seat < 3n; seat++) {
      const key = keys[Number((seats >> (16n * seat)) & 0xffffn) - 1]!
      const signature = Signature.from(
        await key.signTypedData(
          domain,
          { LotAttestation: [...lotAttestationTypes.LotAttestation] },
          { lot: digest, ...votes },
        ),
      )
      attestations.push({ ...votes, r: signature.r, vs: signature.yParityAndS })
    }
    await datanets.settle(lot, 0b111n, attestations)
    const [settled] = await datanets.queryFilter(datanets.filters.LotSettled())
    const { settledAt, accepted, undecided } = settled!.args
    expect([accepted, undecided]).to.deep.equal([0b01n, 0n])

    await networkHelpers.time.increase(terms.challengeWindow + 1)
    await datanets.accrue({ ...lot, settledAt, accepted, undecided, status: 1n }, submissions)
    await datanets.claim(alice.address, [1n])
    expect(await open.balanceOf(alice)).to.equal(terms.rewardPerFile)
  })

  it('reverts with the values when a contributor asks for more than the day allows', async () => {
    const { datanets, alice } = await fixture()
    const submit = (files: bigint) =>
      datanets.connect(alice).submit(1n, keccakOfText('root'), files, 1000n, 2n, keccakOfText('list'), '0x')
    await submit(18n)
    await expect(submit(3n))
      .to.be.revertedWithCustomError(datanets, 'DatanetsDailyFilesExceeded')
      .withArgs(alice.address, 20n, 18n, 3n)
  })
})
