import { StandardMerkleTree } from '@openzeppelin/merkle-tree'
import { expect } from 'chai'
import { network } from 'hardhat'
import { type Address, encodeAbiParameters, type Hex, keccak256, parseEventLogs, toHex, zeroHash } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { deployProtocol } from '../../scripts/deployment/deploy.ts'
import { compact, domainOf, leavesOf, lotAttestationTypes, signingKeyTypes, terms, treeOf } from './support/lots.ts'

const SHARE_TOTAL = 1_000_000_000n
const FEE = 10n ** 21n

describe('on an OP-stack chain', () => {
  async function fixture() {
    const connection = await network.create({ network: 'op', chainType: 'op' })
    const { viem, networkHelpers } = connection
    const { contracts } = await deployProtocol(connection)
    const open = await viem.getContractAt('OpenToken', contracts.OpenToken.address)
    const datanets = await viem.getContractAt('Datanets', contracts.Datanets.address)
    const validators = await viem.getContractAt('Validators', contracts.Validators.address)
    const factory = await viem.getContractAt('ModelFactory', contracts.ModelFactory.address)
    const client = await viem.getPublicClient()
    const [, alice, bob, ...stakers] = await viem.getWalletClients()

    const unit = await validators.read.UNIT()
    const keys = []
    for (const staker of stakers.slice(0, 3)) {
      const key = privateKeyToAccount(generatePrivateKey())
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
    return { client, networkHelpers, open, datanets, factory, keys, alice: alice!, bob: bob! }
  }

  it('takes a file from entry to payment', async () => {
    const { client, networkHelpers, open, datanets, keys, alice } = await fixture()
    await datanets.write.createDatanet([terms, keccak256(toHex('rules'))])
    await open.write.approve([datanets.address, 10n ** 22n])
    await datanets.write.fund([1n, 10n ** 22n])
    const tree = treeOf(leavesOf(2, 'op'))
    await datanets.write.submit([1n, tree.root as Hex, 2n, 200n, 2n, keccak256(toHex('list')), '0x'], {
      account: alice.account,
    })
    const [submitted] = await datanets.getEvents.Submitted()
    const { lot: id, entry, root, manifests } = submitted!.args as Record<'lot' | 'entry', bigint> & Record<string, Hex>
    const content = keccak256(
      encodeAbiParameters([{ type: 'bytes32' }, { type: 'bytes32' }], [root as Hex, manifests as Hex]),
    )
    await networkHelpers.time.increase(terms.lotWindow)
    const close = await datanets.write.closeLot([id, [{ entry, content }]])
    const closed = parseEventLogs({
      abi: datanets.abi,
      eventName: 'LotClosed',
      logs: (await client.getTransactionReceipt({ hash: close })).logs,
    })[0]!.args
    const lot = {
      id,
      digest: closed.digest,
      itemCount: closed.itemCount,
      seats: closed.seats,
      closedAt: closed.closedAt,
      settledAt: 0n,
      status: 0,
      accepted: 0n,
      undecided: 0n,
      revoked: 0n,
    }
    const attestations = []
    for (let seat = 0n; seat < 3n; seat++) {
      const validatorId = Number((closed.seats >> (seat * 16n)) & 0xffffn)
      const votes = { accepted: 1n, rejected: 2n, report: zeroHash }
      const signature = await keys[validatorId - 1]!.signTypedData({
        domain: domainOf('Datanets', datanets.address),
        types: lotAttestationTypes,
        primaryType: 'LotAttestation',
        message: { lot: closed.digest, ...votes },
      })
      attestations.push({ ...votes, ...compact(signature) })
    }
    const settle = await datanets.write.settle([lot, 7n, attestations])
    const { args: settled } = parseEventLogs({
      abi: datanets.abi,
      eventName: 'LotSettled',
      logs: (await client.getTransactionReceipt({ hash: settle })).logs,
    })[0]!
    await networkHelpers.time.increase(terms.challengeWindow + 1)
    const result = { ...lot, status: 1, settledAt: settled.settledAt, accepted: settled.accepted }
    await datanets.write.accrue([result, [{ entry, content }]])
    await datanets.write.claim([alice.account.address, [1n]])
    expect(await open.read.balanceOf([alice.account.address])).to.equal(terms.rewardPerFile)
  })

  it('takes a run from opening to shares, by trees of @openzeppelin/merkle-tree', async () => {
    const { networkHelpers, open, factory, keys, alice, bob } = await fixture()
    const spec = {
      baseModel: keccak256(toHex('base')),
      revision: keccak256(toHex('revision')),
      dataset: keccak256(toHex('dataset')),
      config: keccak256(toHex('config')),
      code: keccak256(toHex('code')),
      seed: 42n,
      parent: zeroHash,
      platformBps: 1000,
      ownerBps: 2000,
      stakersBps: 2000,
      contributorsBps: 5000,
      parentBps: 0,
      quorum: 2,
      challengeWindow: 600,
    }
    const runId = await factory.read.hashRun([bob.account.address, spec])
    await factory.write.openRun([spec], { account: bob.account })
    const shares: [Address, bigint][] = [
      [alice.account.address, 333_333_333n],
      [bob.account.address, 666_666_667n],
    ]
    const tree = StandardMerkleTree.of(
      shares.map(([account, share], index) => [runId, BigInt(index), account, share] as const),
      ['bytes32', 'uint256', 'address', 'uint256'],
    )
    const result = {
      adapter: keccak256(toHex('adapter')),
      metrics: keccak256(toHex('metrics')),
      attributionRoot: tree.root as Hex,
      attribution: keccak256(toHex('scores')),
      shareCount: 2n,
    }
    await factory.write.anchorRun([runId, result], { account: bob.account })
    const resultHash = await factory.read.hashResult([result])
    const types = {
      RunAttestation: [
        { name: 'runId', type: 'bytes32' },
        { name: 'resultHash', type: 'bytes32' },
      ],
    } as const
    const domain = { ...domainOf('Datanets', factory.address), name: 'ModelFactory' }
    const attestations = await Promise.all(
      keys.slice(0, 2).map(async (key) => {
        const message = { runId, resultHash }
        return compact(await key.signTypedData({ domain, types, primaryType: 'RunAttestation', message }))
      }),
    )
    await factory.write.attestRun([runId, attestations])
    await networkHelpers.time.increase(601)
    await open.write.approve([factory.address, FEE])
    await factory.write.payFee([runId, FEE])
    await factory.write.claimShares([
      alice.account.address,
      [{ runId, index: 0n, share: 333_333_333n, path: tree.getProof(0) as Hex[] }],
    ])
    expect(await open.read.balanceOf([alice.account.address])).to.equal(((FEE / 2n) * 333_333_333n) / SHARE_TOTAL)
  })
})
