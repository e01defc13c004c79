import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lotAttestationTypedData } from '@datanets/sdk/utils'
import { expect } from 'chai'
import { parseTransaction, recoverTypedDataAddress } from 'viem'
import { privateKeyToAccount, privateKeyToAddress } from 'viem/accounts'
import { ExternalSignerError, KeySourceError, KeystoreError } from '../errors/keys.ts'
import { externalSigner } from './external.ts'
import { newPrivateKey, readKeystore, writeKeystore } from './keystore.ts'
import { hasSigner, loadSigner } from './signer.ts'

const FAST_SCRYPT = { N: 1_024, r: 8, p: 1 }
const PASSWORD = 'correct horse battery staple'
const privateKey = newPrivateKey()
const address = privateKeyToAddress(privateKey)

async function rejected(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('it was not refused'),
    (error: unknown) => error,
  )
}

describe('keystore', () => {
  let dir: string
  let path: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'keystore-'))
    path = join(dir, 'key.json')
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  const write = () => writeKeystore({ path, password: PASSWORD, privateKey, scrypt: FAST_SCRYPT })

  it('gives back the key that was written', async () => {
    await write()
    expect(await readKeystore({ path, password: PASSWORD })).to.equal(privateKey)
  })

  it('is readable by its owner only', async () => {
    await write()
    expect(statSync(path).mode & 0o777).to.equal(0o600)
  })

  it('is never overwritten', async () => {
    await write()
    expect(await rejected(write())).to.be.instanceOf(KeystoreError)
  })

  it('error: KeystoreError for a wrong password, without the password in it', async () => {
    await write()
    const error = await rejected(readKeystore({ path, password: 'wrong-password-text' }))
    expect(error).to.be.instanceOf(KeystoreError)
    expect((error as Error).message)
      .to.contain('the password is wrong')
      .and.not.contain('wrong-password-text')
  })

  it('error: KeystoreError for a file that is none, and for none at all', async () => {
    writeFileSync(path, '{}')
    expect(await rejected(readKeystore({ path, password: PASSWORD }))).to.be.instanceOf(KeystoreError)
    expect(await rejected(readKeystore({ path: join(dir, 'absent'), password: PASSWORD }))).to.be.instanceOf(
      KeystoreError,
    )
  })

  it('is what loadSigner reads, with the password from the environment or from a file', async () => {
    await write()
    const direct = await loadSigner('signing', { keystore: path }, { DATANET_SIGNING_PASSWORD: PASSWORD })
    expect(direct.address).to.equal(address)
    const file = join(dir, 'password')
    writeFileSync(file, `${PASSWORD}\n`)
    const fromFile = await loadSigner('signing', { keystore: path }, { DATANET_SIGNING_PASSWORD_FILE: file })
    expect(fromFile.address).to.equal(address)
  })
})

describe('loadSigner', () => {
  it('takes a key from the environment variable of its role only', async () => {
    expect((await loadSigner('account', {}, { DATANET_ACCOUNT_KEY: privateKey })).address).to.equal(address)
    expect(await rejected(loadSigner('signing', {}, { DATANET_ACCOUNT_KEY: privateKey }))).to.be.instanceOf(
      KeySourceError,
    )
    expect(hasSigner('sender', {}, { DATANET_ACCOUNT_KEY: privateKey })).to.equal(false)
  })

  it('error: KeySourceError when two sources could be meant', async () => {
    const error = await rejected(loadSigner('signing', { keystore: 'key.json' }, { DATANET_SIGNING_KEY: privateKey }))
    expect(error).to.be.instanceOf(KeySourceError)
    expect((error as Error).message).to.contain('More than one signing key')
  })

  it('error: KeySourceError for a malformed key, without the key in it', async () => {
    const malformed = privateKey.slice(0, 40)
    const error = await rejected(loadSigner('signing', {}, { DATANET_SIGNING_KEY: malformed }))
    expect((error as Error).message).to.not.contain(malformed)
  })
})

describe('externalSigner', () => {
  const account = privateKeyToAccount(privateKey)
  let server: Server
  let url: string
  let answer: (method: string, params: unknown) => Promise<unknown>

  beforeEach(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const { id, method, params } = JSON.parse(Buffer.concat(chunks).toString())
      const body = await answer(method, params)
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...(body as object) }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })

  it('asks for eth_signTypedData with the data as an object, and its signature recovers to the key', async () => {
    answer = async (method, params) => {
      const [from, data] = params as [string, Parameters<typeof account.signTypedData>[0]]
      expect(method).to.equal('eth_signTypedData')
      expect(from).to.equal(address)
      return { result: await account.signTypedData(data) }
    }
    const typedData = lotAttestationTypedData({
      chainId: 31337,
      verifyingContract: address,
      digest: `0x${'1'.repeat(64)}`,
      accepted: 2n ** 255n + 1n,
      rejected: 4n,
      report: `0x${'2'.repeat(64)}`,
    })
    const signature = await externalSigner({ url, address }).signTypedData(typedData)
    expect(await recoverTypedDataAddress({ ...typedData, signature })).to.equal(address)
  })

  it('asks for eth_signTransaction with quantities in hex', async () => {
    answer = async (method, params) => {
      const [transaction] = params as [Record<string, `0x${string}`>]
      expect(method).to.equal('eth_signTransaction')
      const { from: _, ...fields } = transaction
      const number = (name: string) => Number(fields[name])
      return {
        result: await account.signTransaction({
          type: 'eip1559',
          to: fields.to!,
          data: fields.data!,
          chainId: number('chainId'),
          nonce: number('nonce'),
          gas: BigInt(fields.gas!),
          maxFeePerGas: BigInt(fields.maxFeePerGas!),
          maxPriorityFeePerGas: BigInt(fields.maxPriorityFeePerGas!),
        }),
      }
    }
    const raw = await externalSigner({ url, address }).signTransaction({
      type: 'eip1559',
      chainId: 31337,
      to: address,
      data: '0x1234',
      nonce: 7,
      gas: 21_000n,
      maxFeePerGas: 5n,
      maxPriorityFeePerGas: 1n,
    })
    expect(parseTransaction(raw as `0x02${string}`)).to.include({ nonce: 7, gas: 21_000n, data: '0x1234' })
  })

  it('error: ExternalSignerError when it refuses, answers nonsense or is silent', async () => {
    const sign = () => externalSigner({ url, address, timeoutMs: 200 }).signMessage({ message: 'x' })
    answer = async () => ({ error: { code: -32000, message: 'not allowed' } })
    expect(String(await rejected(sign()))).to.contain('not allowed')
    answer = async () => ({ result: 'hello' })
    expect(await rejected(sign())).to.be.instanceOf(ExternalSignerError)
    answer = () => new Promise(() => undefined)
    expect(String(await rejected(sign()))).to.contain('no answer within 200 ms')
  })
})
