import { expect } from 'chai'
import { BrowserProvider, type Eip1193Provider, Wallet } from 'ethers'
import { parseEther } from 'viem'
import { DatanetsUnknownDatanetError } from '../errors/datanets.ts'
import { SignerWithoutProviderError } from '../errors/ethers.ts'
import { createMemoryJournal } from '../journal/memory.ts'
import { createMemoryStore } from '../storage/memory.ts'
import { startTestChain, type TestChain } from '../test/chain.ts'
import { fromProvider, fromSigner } from './client.ts'
import { getContracts } from './contracts.ts'

describe('ethers in, the same actions out', () => {
  let chain: TestChain
  let provider: BrowserProvider
  const wallet = new Wallet(`0x${'a7'.repeat(32)}`)

  before(async () => {
    chain = await startTestChain()
    await chain.endow(wallet.address as `0x${string}`)
    provider = new BrowserProvider(chain.provider as Eip1193Provider, undefined, { cacheTimeout: -1 })
  })
  after(async () => {
    provider.destroy()
    await chain.close()
  })

  it('creates, funds and fills a Datanet with a signer', async () => {
    const { deployment } = chain
    const { openToken } = getContracts(deployment, wallet.connect(provider))
    await chain.transfer(wallet.address as `0x${string}`, parseEther('50'))
    expect(await openToken.balanceOf(wallet.address)).to.equal(parseEther('50'))

    const datanets = await fromSigner(wallet.connect(provider), { deployment, pollingInterval: 20 })
    const { datanetId } = await datanets.createDatanet({ terms: { modality: 'Text', rewardPerFile: parseEther('1') } })
    await datanets.fund({ datanetId, amount: parseEther('50') })
    const { contributionIds } = await datanets.submit({
      datanetId,
      files: [{ name: 'a.md', bytes: new TextEncoder().encode('# by ethers') }],
      store: createMemoryStore(),
      journal: createMemoryJournal(),
    })
    const reader = fromProvider(provider, { deployment })
    const contribution = await reader.getContribution({ contributionId: contributionIds[0]! })
    expect(contribution).to.deep.include({ status: 'pending', contributor: wallet.address })
    expect((await getContracts(deployment, provider).datanets.bookOf(datanetId)).fileCount).to.equal(1n)
  })

  it('gives the same typed errors', async () => {
    const datanets = await fromSigner(wallet.connect(provider), { deployment: chain.deployment })
    const error = await datanets.fund({ datanetId: 99n, amount: 0n }).catch((caught) => caught)
    expect(error).to.be.instanceOf(DatanetsUnknownDatanetError)
  })

  it('error: SignerWithoutProviderError', async () => {
    const error = await fromSigner(wallet).catch((caught) => caught)
    expect(error).to.be.instanceOf(SignerWithoutProviderError)
  })
})
