import { expect } from 'chai'
import { network } from 'hardhat'
import { type Address, encodeAbiParameters } from 'viem'
import { deployProtocol } from '../../scripts/deployment/deploy.ts'
import { FactoryMissingError } from '../../scripts/deployment/errors.ts'
import { verificationOf } from '../../scripts/deployment/verification.ts'

describe('deployment by Hardhat Ignition', () => {
  it('records where each contract is, and which transaction put it there', async () => {
    const connection = await network.create()
    const deployment = await deployProtocol(connection)
    const client = await connection.viem.getPublicClient()
    expect(deployment.chainId).to.equal(31337)
    expect(deployment.commit).to.match(/^[0-9a-f]{40}$/)
    for (const { address, block, transaction } of Object.values(deployment.contracts)) {
      expect(await client.getCode({ address })).to.not.equal(undefined)
      const receipt = await client.getTransactionReceipt({ hash: transaction })
      expect(receipt.status).to.equal('success')
      expect(Number(receipt.blockNumber)).to.equal(block)
    }
    const { Datanets, Validators, Appeals, ModelFactory, OpenToken } = deployment.contracts
    expect(Validators.transaction).to.equal(Datanets.transaction)
    expect(Appeals.transaction).to.equal(Datanets.transaction)
    const factory = await connection.viem.getContractAt('ModelFactory', ModelFactory.address)
    expect((await factory.read.VALIDATORS()).toLowerCase()).to.equal(Validators.address.toLowerCase())
    expect((await factory.read.OPEN()).toLowerCase()).to.equal(OpenToken.address.toLowerCase())
  })

  it('uses the OPEN it is given, and pays the platform it is given', async () => {
    const connection = await network.create()
    const open = await connection.viem.deployContract('OpenToken', [`0x${'11'.repeat(20)}`])
    const platform: Address = `0x${'22'.repeat(20)}`
    const deployment = await deployProtocol(connection, { open: open.address, platform })
    expect(deployment.contracts.OpenToken.address.toLowerCase()).to.equal(open.address.toLowerCase())
    const factory = await connection.viem.getContractAt('ModelFactory', deployment.contracts.ModelFactory.address)
    expect(await factory.read.PLATFORM()).to.equal(platform)
  })

  it('gives the same addresses to different deployers with create2', async () => {
    const options = { strategy: 'create2', platform: `0x${'22'.repeat(20)}`, holder: `0x${'11'.repeat(20)}` } as const
    const first = await network.create()
    const deployments = [await deployProtocol(first, options)]
    // A second chain, on which the deployer's nonce has moved on.
    const second = await network.create()
    const [deployer] = await second.viem.getWalletClients()
    await deployer!.sendTransaction({ to: deployer!.account.address, value: 1n })
    deployments.push(await deployProtocol(second, options))
    const [a, b] = deployments.map(({ contracts }) => Object.values(contracts).map(({ address }) => address))
    expect(a).to.deep.equal(b)
  })

  it('says so where the chain has no factory for create2', () => {
    const error = new FactoryMissingError({ chainId: 1612, factory: `0x${'33'.repeat(20)}` })
    expect(error.message).to.contain('Chain 1612 has no CreateX factory').and.to.contain('--strategy')
  })

  it('collects what an explorer needs to verify every contract', async () => {
    const deployment = await deployProtocol(await network.create())
    const { compiler, contracts, inputs } = await verificationOf(deployment)
    expect(compiler).to.match(/^0\.8\.37\+commit\./)
    expect(Object.keys(contracts)).to.deep.equal(Object.keys(deployment.contracts))
    const { name, input, constructorArguments } = contracts.Datanets!
    expect(name).to.equal('contracts/Datanets.sol:Datanets')
    expect(constructorArguments).to.equal(
      encodeAbiParameters([{ type: 'address' }], [deployment.contracts.OpenToken.address]),
    )
    const { sources, settings } = inputs[input] as {
      sources: Record<string, unknown>
      settings: { viaIR: boolean; optimizer: { runs: number } }
    }
    expect(Object.keys(sources).some((file) => file.endsWith('contracts/Datanets.sol'))).to.equal(true)
    expect(settings.viaIR).to.equal(true)
    expect(settings.optimizer.runs).to.equal(200)
  })
})
