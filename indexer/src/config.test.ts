import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { readConfig } from './config.ts'
import { ConfigurationError } from './errors.ts'

describe('readConfig', () => {
  let folder: string
  let environment: Record<string, string>
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'datanets-config-'))
    const file = join(folder, 'deployment.json')
    writeFileSync(file, JSON.stringify({ chainId: 31337, contracts: {}, commit: 'test' }))
    environment = { DATANETS_RPC_URL: 'http://127.0.0.1:8545', DATANETS_DEPLOYMENT: file }
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('keeps an embedded database and listens on loopback by default', () => {
    const { store, listen, deployment } = readConfig(environment)
    expect(store).to.deep.equal({ kind: 'sqlite', file: '.datanets/indexer.sqlite' })
    expect(listen).to.deep.equal({ host: '127.0.0.1', port: 42_070 })
    expect(deployment.chainId).to.equal(31337)
  })

  it('takes PostgreSQL by its URL', () => {
    const { store } = readConfig({ ...environment, DATANETS_DATABASE: 'postgresql://me@127.0.0.1/datanets' })
    expect(store).to.deep.equal({ kind: 'postgresql', url: 'postgresql://me@127.0.0.1/datanets' })
  })

  for (const [name, value] of [
    ['DATANETS_RPC_URL', 'nowhere'],
    ['DATANETS_DEPLOYMENT', '/nonexistent.json'],
    ['DATANETS_PORT', '70000'],
    ['DATANETS_DEPTH', 'deep'],
  ] as const) {
    it(`error: ConfigurationError names ${name}`, () => {
      expect(() => readConfig({ ...environment, [name]: value }))
        .to.throw(ConfigurationError)
        .with.property('shortMessage', `${name} is "${value}".`)
    })
  }
})
