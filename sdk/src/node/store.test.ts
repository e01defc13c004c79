import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { CID } from 'multiformats/cid'
import {
  ContentMismatchError,
  ContentTimeoutError,
  ContentTooLargeError,
  ContentUnavailableError,
  StoreReadOnlyError,
} from '../errors/storage.ts'
import { createFallbackStore } from '../storage/fallback.ts'
import { createGatewayStore } from '../storage/gateway.ts'
import { createKuboStore } from '../storage/kubo.ts'
import { createMemoryStore } from '../storage/memory.ts'
import type { ContentStore } from '../storage/types.ts'
import { encodeDagJson } from '../utils/manifest.ts'
import { createGateway, type Gateway } from './gateway.ts'
import { createHeliaStore } from './helia.ts'

const big = Uint8Array.from({ length: 2_500_000 }, (_, index) => (index * 2_654_435_761) >>> 24)
const small = new TextEncoder().encode('hello world')

async function caught(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.fail('it did not fail'),
    (error: Error) => error,
  )
}

function shouldBehaveLikeAStore(open: () => ContentStore) {
  let store: ContentStore
  let cid: CID
  before(() => {
    store = open()
  })

  it('names a file as `ipfs add` with the profile unixfs-v1-2025 does', async () => {
    const one = await store.put(small, { codec: 'file' })
    expect(one.toString()).to.equal('bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e')
    const three = await store.put(new Uint8Array(3 << 20).fill(7), { codec: 'file' })
    expect(three.toString()).to.equal('bafybeihdndb4izktxzkwahg3pwgg4f3ijstijw4522czwyhfl4r4noyliq')
  })

  it('gives back files of one block and of many', async () => {
    cid = await store.put(big, { codec: 'file' })
    expect(await store.get(cid)).to.deep.equal(big)
    expect(await store.get(await store.put(small, { codec: 'file' }))).to.deep.equal(small)
  })

  it('keeps to maxBytes', async () => {
    expect(await caught(store.get(cid, { maxBytes: big.length - 1 }))).to.be.instanceOf(ContentTooLargeError)
    expect(await store.get(cid, { maxBytes: big.length })).to.have.length(big.length)
  })

  it('pins a list with all it links to', async () => {
    const list = encodeDagJson([{ payload: cid }])
    const listCid = await store.put(list.bytes, { codec: 'dag-json' })
    expect(await store.stat(listCid)).to.deep.equal({ size: list.bytes.length, pinned: false })
    await store.pin(listCid)
    await store.pin(listCid)
    expect((await store.stat(listCid)).pinned).to.equal(true)
    expect((await store.stat(cid)).size).to.equal(big.length)
  })

  it('says what is not there', async () => {
    const { cid: absent } = encodeDagJson('nowhere to be found')
    const error = await caught(store.get(absent, { timeoutMs: 2_000 }))
    expect(['ContentUnavailableError', 'ContentTimeoutError']).to.include(error.name)
  })
}

describe('content stores', () => {
  describe('in memory', () => shouldBehaveLikeAStore(createMemoryStore))

  describe('an embedded node on disk', () => {
    let dir: string
    let store: ContentStore
    before(async () => {
      dir = await mkdtemp(join(tmpdir(), 'datanets-store-'))
    })
    after(async () => {
      await store.close()
      await rm(dir, { recursive: true })
    })
    shouldBehaveLikeAStore(() => {
      store = createHeliaStore({ dir })
      return store
    })

    it('still has everything when opened again', async () => {
      const cid = await store.put(big, { codec: 'file' })
      await store.pin(cid)
      await store.close()
      store = createHeliaStore({ dir })
      expect(await store.get(cid)).to.deep.equal(big)
      expect((await store.stat(cid)).pinned).to.equal(true)
    })
  })

  describe('a Kubo node', () => {
    const url = process.env.DATANETS_KUBO_URL
    before(function () {
      if (url) return
      console.log('      skipped: set DATANETS_KUBO_URL to the RPC of a Kubo node to run it')
      this.skip()
    })
    if (url) shouldBehaveLikeAStore(() => createKuboStore({ url }))
    else it('behaves like every store')
  })

  describe('a gateway', () => {
    const source = createMemoryStore()
    let gateway: Gateway
    let cid: CID
    before(async () => {
      cid = await source.put(big, { codec: 'file' })
      gateway = await createGateway({ store: source })
    })
    after(() => gateway.close())

    it('serves files and blocks that can be checked', async () => {
      const store = createGatewayStore({ url: gateway.url })
      expect(await store.get(cid)).to.deep.equal(big)
      const { bytes, cid: listCid } = encodeDagJson([{ payload: cid }])
      await source.put(bytes, { codec: 'dag-json' })
      expect(await store.get(listCid)).to.deep.equal(bytes)
    })

    it('cannot be written to', async () => {
      const store = createGatewayStore({ url: gateway.url })
      expect(await caught(store.put(small, { codec: 'file' }))).to.be.instanceOf(StoreReadOnlyError)
      const { status } = await fetch(`${gateway.url}/ipfs/${cid}?format=raw`, { method: 'POST' })
      expect(status).to.equal(405)
    })

    it('answers only for single blocks', async () => {
      const statuses = await Promise.all(
        [`/ipfs/${cid}`, '/ipfs/nonsense?format=raw', '/', '/ipfs/../../etc/passwd?format=raw'].map(
          async (path) => (await fetch(`${gateway.url}${path}`)).status,
        ),
      )
      expect(statuses).to.deep.equal([400, 400, 400, 400])
    })

    it('is asked after the local store, which it cannot replace for writing', async () => {
      const local = createMemoryStore()
      const store = createFallbackStore([local, createGatewayStore({ url: gateway.url })])
      expect(await store.get(cid)).to.deep.equal(big)
      const own = await store.put(small, { codec: 'file' })
      expect(await local.get(own)).to.deep.equal(small)
      const error = await caught(store.get(encodeDagJson('nobody has it').cid))
      expect(error).to.be.instanceOf(ContentUnavailableError)
      expect((error.cause as AggregateError).errors).to.have.length(2)
    })
  })

  describe('a hostile gateway', () => {
    let server: Server
    let url: string
    let behave: (response: import('node:http').ServerResponse) => void = () => {}
    const cid = encodeDagJson({ honest: true }).cid
    before(async () => {
      server = createServer((_, response) => behave(response))
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    })
    after(() => {
      server.closeAllConnections()
      server.close()
    })
    const get = (options = {}) => caught(createGatewayStore({ url }).get(cid, options))

    it('cannot pass off other bytes', async () => {
      behave = (response) => response.end('{"honest":false}')
      expect(await get()).to.be.instanceOf(ContentMismatchError)
    })

    it('cannot make its reader wait', async () => {
      behave = (response) => response.write('{')
      const started = Date.now()
      expect(await get({ timeoutMs: 200 })).to.be.instanceOf(ContentTimeoutError)
      expect(Date.now() - started).to.be.lessThan(2_000)
    })

    it('cannot fill its reader with an endless block', async () => {
      behave = (response) => {
        const more = () => {
          while (response.write(new Uint8Array(1 << 20)));
          response.once('drain', more)
        }
        more()
      }
      expect(await get({ timeoutMs: 10_000 })).to.be.instanceOf(ContentTooLargeError)
    })

    it('cannot send its reader elsewhere', async () => {
      behave = (response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
      expect(await get()).to.be.instanceOf(ContentUnavailableError)
    })

    it('is left when the caller gives up', async () => {
      behave = (response) => response.write('{')
      const error = await get({ signal: AbortSignal.timeout(100) })
      expect(error.name).to.equal('TimeoutError')
    })
  })
})
