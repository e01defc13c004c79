import { expect } from 'chai'
import { network } from 'hardhat'
import { type Hex, keccak256, parseEventLogs, toHex } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { compact, domainOf, leavesOf, lotAttestationTypes, signingKeyTypes, terms, treeOf } from './support/lots.ts'

describe('main path with viem', () => {
  async function fixture() {
    const { viem, networkHelpers } = await network.create()
    const [operator, alice, bob, ...stakers] = await viem.getWalletClients()
    const client = await viem.getPublicClient()
    const open = await viem.deployContract('OpenToken', [operator!.account.address])
    const datanets = await viem.deployContract('Datanets', [open.address])
    const validators = await viem.getContractAt('Validators', await datanets.read.VALIDATORS())

    const keys = []
    for (const staker of stakers.slice(0, 3)) {
      const key = privateKeyToAccount(generatePrivateKey())
      const unit = await validators.read.UNIT()
      await open.write.transfer([staker.account.address, unit])
      await open.write.approve([validators.address, unit], { account: staker.account })
      const proof = await key.signTypedData({
        domain: domainOf('Validators', validators.address),
        types: signingKeyTypes,
        primaryType: 'SigningKey',
        message: { account: staker.account.address },
      })
      await validators.write.register([key.address, proof, 1n], { account: staker.account })
      keys.push(key)
    }
    await datanets.write.createDatanet([terms, keccak256(toHex('rules'))])
    await open.write.approve([datanets.address, 10n ** 24n])
    await datanets.write.fund([1n, 10n ** 22n])
    return {
      viem,
      client,
      networkHelpers,
      open,
      datanets,
      validators,
      keys,
      alice: alice!,
      bob: bob!,
      operator: operator!,
    }
  }

  const balanceOf = async (open: Awaited<ReturnType<typeof fixture>>['open'], account: Hex) =>
    open.read.balanceOf([account])

  it('pays accepted contributions of two contributors, and nothing for rejected ones', async () => {
    const { viem, client, networkHelpers, open, datanets, validators, keys, alice, bob } = await fixture()
    const manifests = keccak256(toHex('list'))
    for (const [who, count] of [
      [alice, 3],
      [bob, 2],
    ] as const) {
      const tree = treeOf(leavesOf(count, who.account.address))
      await datanets.write.submit([1n, tree.root as Hex, BigInt(count), 100n * BigInt(count), 2n, manifests, '0x'], {
        account: who.account,
      })
    }
    await networkHelpers.time.increase(terms.lotWindow)
    const submitted = parseEventLogs({
      abi: datanets.abi,
      eventName: 'Submitted',
      logs: await client.getLogs({ address: datanets.address, fromBlock: 0n }),
    })
    const submissions = submitted.map(({ args }) => ({
      entry: args.entry,
      content: keccak256(`${args.root}${args.manifests.slice(2)}`),
    }))
    const id = submitted[0]!.args.lot
    await datanets.write.closeLot([id, submissions])
    const [closed] = await datanets.getEvents.LotClosed()
    const { digest, itemCount, seats, closedAt } = closed!.args as Required<NonNullable<typeof closed>['args']>
    const lot = {
      id,
      digest,
      itemCount,
      seats,
      closedAt,
      settledAt: 0n,
      status: 0,
      accepted: 0n,
      undecided: 0n,
      revoked: 0n,
    }
    expect(await datanets.read.hashLot([lot])).to.equal(await datanets.read.lotHash([id]))

    // Items 0, 1, 2 are Alice's and 3, 4 Bob's: the second of each is voted against.
    const message = { lot: digest, accepted: 0b01101n, rejected: 0b10010n, report: keccak256(toHex('report')) }
    const attestations = []
    for (let seat = 0n; seat < 3n; seat++) {
      const validatorId = (seats >> (16n * seat)) & 0xffffn
      const key = keys[Number(validatorId) - 1]!
      const signature = await key.signTypedData({
        domain: domainOf('Datanets', datanets.address),
        types: lotAttestationTypes,
        primaryType: 'LotAttestation',
        message,
      })
      attestations.push({
        accepted: message.accepted,
        rejected: message.rejected,
        report: message.report,
        ...compact(signature),
      })
    }
    await datanets.write.settle([lot, 0b111n, attestations])
    const [settledEvent] = await datanets.getEvents.LotSettled()
    const settled = { ...lot, status: 1, settledAt: settledEvent!.args.settledAt!, accepted: 0b01101n }
    expect(settledEvent!.args.accepted).to.equal(0b01101n)
    expect(settledEvent!.args.undecided).to.equal(0n)

    await networkHelpers.time.increase(terms.challengeWindow + 1)
    await datanets.write.accrue([settled, submissions])
    expect(await datanets.read.lotHash([id])).to.equal(await datanets.read.hashLot([{ ...settled, status: 3 }]))

    // Doing either again finds another state than the one passed back.
    const refused = (call: Promise<Hex>) => viem.assertions.revertWithCustomError(call, datanets, 'DatanetsLotMismatch')
    await refused(datanets.write.settle([lot, 0b111n, attestations]))
    await refused(datanets.write.accrue([settled, submissions]))

    const before = await balanceOf(open, bob.account.address)
    await datanets.write.claim([alice.account.address, [1n]])
    await datanets.write.claim([bob.account.address, [7n, 1n]])
    expect(await balanceOf(open, alice.account.address)).to.equal(2n * terms.rewardPerFile)
    expect((await balanceOf(open, bob.account.address)) - before).to.equal(terms.rewardPerFile)
    expect((await datanets.read.accountOf([1n, alice.account.address])).score).to.equal(2)
    expect((await datanets.read.bookOf([1n])).budget).to.equal(10n ** 22n - 3n * terms.rewardPerFile - terms.lotFee)

    // The validators agreed in everything and voted with information: each earns a third of the fee.
    for (const validatorId of [1n, 2n, 3n]) {
      expect((await validators.read.validatorOf([validatorId])).earned).to.equal(terms.lotFee / 3n)
    }
    await validators.write.claimEarnings([1n])
    expect((await validators.read.validatorOf([1n])).earned).to.equal(0n)
  })
})
