import { type ContentStore, createMemoryStore } from '@datanets/sdk/storage'
import {
  contentOf,
  createManifest,
  encodeManifest,
  encodeManifestList,
  type Manifest,
  toContributions,
  toLotId,
  toManifestList,
  treeOf,
} from '@datanets/sdk/utils'
import { expect } from 'chai'
import type { Address } from 'viem'
import {
  DatasetEmptyError,
  DatasetMismatchError,
  DatasetModalityError,
  DatasetUnavailableError,
} from '../errors/dataset.ts'
import { decodeDataset } from '../formats/dataset.ts'
import type { LotSubmission } from './accepted.ts'
import { buildDataset, type DatanetLots, type DatasetSource, fetchContribution } from './build.ts'

const contracts: Address = '0x00000000000000000000000000000000000000c0'
const alice: Address = '0x00000000000000000000000000000000000000a1'
const bob: Address = '0x00000000000000000000000000000000000000b0'

describe('dataset', () => {
  let store: ContentStore
  beforeEach(() => {
    store = createMemoryStore()
  })

  /** Publishes texts as one submission, as the SDK would. */
  async function enter(
    contributor: Address,
    first: number,
    enteredBlock: bigint,
    texts: string[],
  ): Promise<LotSubmission> {
    const manifests: Manifest[] = []
    for (const text of texts) {
      const bytes = new TextEncoder().encode(text)
      const common = {
        chainId: 1,
        contracts,
        datanetId: 3n,
        contributor,
        format: 'txt' as const,
        createdAt: new Date(0),
      }
      manifests.push(await createManifest({ ...common, bytes }))
      await store.put(bytes, { codec: 'file' })
    }
    for (const manifest of manifests) await store.put(encodeManifest(manifest).bytes, { codec: 'dag-json' })
    const list = toManifestList(manifests)
    const block = encodeManifestList(list)
    await store.put(block.bytes, { codec: 'dag-json' })
    const { root } = treeOf(toContributions(list))
    const content = contentOf(root, block.digest)
    return { contributor, first, count: texts.length, enteredBlock, root, manifests: block.digest, content }
  }
  const lot = (accepted: bigint, submissions: LotSubmission[], number = 1) => ({
    ...{ id: toLotId({ datanetId: 3n, number }), accepted, submissions },
  })
  const sourceOf = (datanet: Partial<DatanetLots>): DatasetSource => ({
    chainId: 1,
    contracts,
    lotsOf: async (datanetId) => ({ datanetId, modality: 'Text', lots: [], waiting: 0, ...datanet }),
  })
  const build = (datanet: Partial<DatanetLots>, exclude: string[] = []) =>
    buildDataset({ source: sourceOf(datanet), store, datanetIds: [3n], exclude })

  it('holds the accepted contributions alone, in the order they were entered', async () => {
    const later = lot(0b1n, [await enter(bob, 0, 9n, ['later'])], 1)
    const earlier = lot(0b101n, [await enter(alice, 0, 5n, ['one', 'two', 'three'])], 2)
    const { dataset } = await build({ lots: [later, earlier] })
    expect(dataset.entries.map(({ contribution }) => contribution)).to.deep.equal(['3-2-0', '3-2-2', '3-1-0'])
    expect(new TextDecoder().decode(await fetchContribution(dataset.entries[1]!, store))).to.equal('three')
  })

  it('has the same digest on every machine and reads back as it was', async () => {
    const lots = [lot(0b11n, [await enter(alice, 0, 5n, ['one', 'two'])])]
    const [first, second] = [await build({ lots }), await build({ lots })]
    expect(first.digest).to.equal(second.digest)
    const { CID } = await import('multiformats/cid')
    const decoded = await decodeDataset(await store.get(CID.parse(first.cid)), (cid) => store.get(cid))
    expect(decoded.entries.map(({ sha256 }) => sha256)).to.deep.equal(first.dataset.entries.map(({ sha256 }) => sha256))
    expect((await build({ lots }, ['3-1-1'])).digest).to.not.equal(first.digest)
  })

  it('refuses a manifest list that is not the one submitted', async () => {
    const honest = await enter(alice, 0, 5n, ['one'])
    const other = await enter(alice, 0, 5n, ['forged'])
    const forged = { ...honest, manifests: other.manifests, content: contentOf(honest.root, other.manifests) }
    expect(await refusal(build({ lots: [lot(0b1n, [forged])] }))).to.be.instanceOf(DatasetMismatchError)
    const uncommitted = { ...honest, content: other.content }
    expect(await refusal(build({ lots: [lot(0b1n, [uncommitted])] }))).to.be.instanceOf(DatasetMismatchError)
  })

  it('refuses an entry whose manifest names another contributor', async () => {
    const { dataset } = await build({ lots: [lot(0b1n, [await enter(alice, 0, 5n, ['one'])])] })
    const stolen = { ...dataset.entries[0]!, contributor: bob }
    expect(await refusal(fetchContribution(stolen, store))).to.be.instanceOf(DatasetMismatchError)
  })

  it('calls what it cannot fetch unavailable, never wrong', async () => {
    const lots = [lot(0b1n, [await enter(alice, 0, 5n, ['one'])])]
    const { dataset } = await build({ lots })
    store = createMemoryStore()
    expect(await refusal(build({ lots }))).to.be.instanceOf(DatasetUnavailableError)
    expect(await refusal(fetchContribution(dataset.entries[0]!, store))).to.be.instanceOf(DatasetUnavailableError)
  })

  it('refuses images for a text model, and nothing for nobody', async () => {
    const image = await refusal(build({ modality: 'Image' }))
    expect(image).to.be.instanceOf(DatasetModalityError)
    expect(image.shortMessage).to.equal('Datanet 3 holds Image data: a text model cannot be trained on it.')
    expect(await refusal(build({ waiting: 2 }))).to.be.instanceOf(DatasetEmptyError)
  })
})

async function refusal(work: Promise<unknown>): Promise<DatasetMismatchError> {
  return work.then(
    () => expect.fail('it was taken'),
    (error) => error,
  )
}
