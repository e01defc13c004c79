import { type ContentStore, createMemoryStore } from '@datanets/sdk/storage'
import {
  createManifest,
  encodeDagJson,
  encodeManifest,
  encodeManifestList,
  formatsWord,
  type Manifest,
  toContributions,
  toManifestList,
  treeOf,
} from '@datanets/sdk/utils'
import { expect } from 'chai'
import { type Hex, zeroHash } from 'viem'
import type { LotSubmission } from '../chain/lot-view.ts'
import { createMetrics } from '../metrics.ts'
import { openSubmission } from './open-submission.ts'
import { readItem } from './read-item.ts'
import { ContentReader } from './reader.ts'
import { RulesReader } from './rules-reader.ts'

const contributor = '0x00000000000000000000000000000000000000aA'
const contracts = '0x00000000000000000000000000000000000000cc'
const bytesOf = (text: string) => new TextEncoder().encode(text)

async function manifestOf(text: string): Promise<Manifest> {
  return createManifest({
    chainId: 31337,
    contracts,
    datanetId: 1,
    contributor: contributor.toLowerCase() as Hex,
    bytes: bytesOf(text),
    format: 'txt',
    licence: 'CC0-1.0',
    createdAt: '2026-01-01T00:00:00Z',
  })
}

describe('examining a submission', () => {
  let store: ContentStore
  let reader: ContentReader
  beforeEach(() => {
    store = createMemoryStore()
    reader = readerOf(store)
  })

  function readerOf(from: ContentStore): ContentReader {
    const options = { timeoutMs: 500, attempts: 2 }
    return new ContentReader(options, { store: from, metrics: createMetrics(), signal: new AbortController().signal })
  }

  async function submissionOf(texts: readonly string[], changes: Partial<LotSubmission> = {}): Promise<LotSubmission> {
    const manifests = await Promise.all(texts.map(manifestOf))
    const list = toManifestList(manifests)
    const block = encodeManifestList(list)
    await store.put(block.bytes, { codec: 'dag-json' })
    for (const manifest of manifests) await store.put(encodeManifest(manifest).bytes, { codec: 'dag-json' })
    for (const text of texts) await store.put(bytesOf(text), { codec: 'file' })
    return {
      entry: 0n,
      content: zeroHash,
      contributor,
      first: 0,
      count: texts.length,
      totalBytes: texts.reduce((sum, text) => sum + bytesOf(text).length, 0),
      formats: formatsWord(['txt']),
      enteredBlock: 1n,
      root: treeOf(toContributions(list)).root,
      manifests: block.digest,
      blockNumber: 1n,
      logIndex: 0,
      transactionHash: zeroHash,
      ...changes,
    }
  }

  const codeOf = async (submission: LotSubmission) => {
    const opened = await openSubmission(reader, submission)
    return opened.kind === 'invalid' ? opened.reason.code : opened.kind
  }

  it('opens a list that is what was entered', async () => {
    const opened = await openSubmission(reader, await submissionOf(['one', 'two']))
    expect(opened.kind === 'opened' && opened.items.length).to.equal(2)
  })

  it('rejects a list with another root, other bytes, other formats or another count than were entered', async () => {
    expect(await codeOf(await submissionOf(['one'], { root: zeroHash }))).to.equal('root-mismatch')
    expect(await codeOf(await submissionOf(['one'], { totalBytes: 1 }))).to.equal('size-claim-mismatch')
    expect(await codeOf(await submissionOf(['one'], { formats: formatsWord(['md']) }))).to.equal(
      'format-claim-mismatch',
    )
    expect(await codeOf(await submissionOf(['one'], { count: 2 }))).to.equal('manifest-list-invalid')
  })

  it('rejects a block that is no list', async () => {
    const { bytes, digest } = encodeDagJson({ hello: 'world' })
    await store.put(bytes, { codec: 'dag-json' })
    expect(await codeOf(await submissionOf(['one'], { manifests: digest }))).to.equal('manifest-list-invalid')
  })

  it('calls a list that nobody has missing, which is no rejection', async () => {
    expect(await codeOf(await submissionOf(['one'], { manifests: `0x${'9'.repeat(64)}` }))).to.equal('missing')
  })

  describe('readItem', () => {
    async function listed(text: string) {
      const [item] = toManifestList([await manifestOf(text)])
      return item!
    }

    it('reads manifest and content', async () => {
      await submissionOf(['one'])
      const read = await readItem(reader, await listed('one'))
      expect(read.kind === 'read' && new TextDecoder().decode(read.bytes)).to.equal('one')
    })

    it('calls content that nobody has missing', async () => {
      await store.put(encodeManifest(await manifestOf('unpublished')).bytes, { codec: 'dag-json' })
      expect((await readItem(reader, await listed('unpublished'))).kind).to.equal('missing')
    })

    it('takes the content from the manifest the leaf commits to, not from the list beside it', async () => {
      await submissionOf(['one', 'two'])
      const [one, two] = [await listed('one'), await listed('two')]
      const read = await readItem(reader, { ...one, payload: two.payload })
      expect(read.kind === 'read' && new TextDecoder().decode(read.bytes)).to.equal('one')
    })

    it('rejects a manifest that is none', async () => {
      const { bytes, cid } = encodeDagJson({ payload: 'nothing' })
      await store.put(bytes, { codec: 'dag-json' })
      const read = await readItem(reader, { ...(await listed('one')), manifest: cid })
      expect(read.kind === 'invalid' && read.reason.code).to.equal('manifest-invalid')
    })
  })

  describe('ContentReader', () => {
    it('tries an outage again and never calls it a fault (X08)', async () => {
      let asked = 0
      const flaky: ContentStore = {
        ...store,
        get: async (cid, options) => {
          if (++asked === 1) throw new Error('connection reset')
          return store.get(cid, options)
        },
      }
      const cid = await store.put(bytesOf('one'), { codec: 'file' })
      expect((await readerOf(flaky).read(cid, 100)).kind).to.equal('bytes')
      expect(asked).to.equal(2)
      const down = readerOf({ ...store, get: () => Promise.reject(new Error('connection reset')) })
      expect((await down.read(cid, 100)).kind).to.equal('missing')
    })

    it('calls content that is longer than allowed faulty, at the first try', async () => {
      const cid = await store.put(bytesOf('x'.repeat(2_000)), { codec: 'file' })
      expect(await reader.read(cid, 100)).to.include({ kind: 'faulty', fault: 'too-large' })
    })
  })

  describe('RulesReader', () => {
    const datanet = { id: 1n, modality: 'text' as const, terms: {} as never }

    it('applies the defaults where there is no document', async () => {
      const read = await new RulesReader(reader).read({ ...datanet, rules: zeroHash })
      expect(read.kind === 'rules' && read.rules.modality).to.equal('text')
    })

    it('reads the document, and keeps it', async () => {
      const { bytes, digest } = encodeDagJson({ version: 1, modality: 'text', checks: { licence: { enabled: false } } })
      await store.put(bytes, { codec: 'dag-json' })
      const rules = new RulesReader(reader)
      const [first, second] = [
        await rules.read({ ...datanet, rules: digest }),
        await rules.read({ ...datanet, rules: digest }),
      ]
      expect(first.kind === 'rules' && first.rules.checks.licence.enabled).to.equal(false)
      expect(second).to.equal(first)
    })

    it('tells a bad document from one that nobody has', async () => {
      const { bytes, digest } = encodeDagJson({ version: 1, modality: 'image' })
      await store.put(bytes, { codec: 'dag-json' })
      expect((await new RulesReader(reader).read({ ...datanet, rules: digest })).kind).to.equal('invalid')
      expect((await new RulesReader(reader).read({ ...datanet, rules: `0x${'8'.repeat(64)}` })).kind).to.equal(
        'missing',
      )
    })
  })
})
