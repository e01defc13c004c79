import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { checkConfig, loadConfig } from './config.ts'
import { ConfigError } from './errors/config.ts'

const home = '/home/of/node'
const rpcUrl = 'http://127.0.0.1:8545'

function problemsOf(value: unknown): string {
  try {
    checkConfig(value, home)
  } catch (error) {
    expect(error).to.be.instanceOf(ConfigError)
    return (error as Error).message
  }
  return expect.fail('it was taken')
}

describe('config', () => {
  it('fills in what a file does not say', () => {
    expect(checkConfig({ rpcUrl }, home)).to.include({ pollMs: 2_000, slotSeconds: 12, reorgDepth: 64 })
  })

  it('reads paths from the home folder', () => {
    const config = checkConfig({ rpcUrl, deployment: 'd.json', signing: { keystore: 'k.json' } }, home)
    expect([config.deployment, config.signing?.keystore]).to.deep.equal([join(home, 'd.json'), join(home, 'k.json')])
  })

  it('error: ConfigError lists every problem at once', () => {
    const text = problemsOf({ rpcUrl: 'localhost', pollMs: 0, colour: 'red' })
    expect(text).to.contain('has 3 problems').and.contain('rpcUrl').and.contain('pollMs').and.contain('"colour"')
  })

  it('error: ConfigError for a store that needs a URL and has none', () => {
    expect(problemsOf({ rpcUrl, storage: { kind: 'kubo' } })).to.contain("must have required property 'url'")
  })

  it('error: ConfigError for a key in two places, or a private key in the file', () => {
    problemsOf({ rpcUrl, signing: { keystore: 'k', url: 'http://signer', address: `0x${'1'.repeat(40)}` } })
    expect(problemsOf({ rpcUrl, signing: { privateKey: '0x1' } })).to.contain('"privateKey"')
  })

  it('takes the endpoint from the environment before the file', () => {
    const dir = mkdtempSync(join(tmpdir(), 'config-'))
    writeFileSync(join(dir, 'config.json'), JSON.stringify({ rpcUrl }))
    expect(loadConfig(dir, {}).rpcUrl).to.equal(rpcUrl)
    expect(loadConfig(dir, { DATANET_RPC_URL: 'http://127.0.0.1:1' }).rpcUrl).to.equal('http://127.0.0.1:1')
    writeFileSync(join(dir, 'config.json'), 'not json')
    expect(() => loadConfig(dir, {})).to.throw(ConfigError, 'it is not JSON')
    rmSync(dir, { recursive: true })
  })
})
