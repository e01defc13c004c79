import { Writable } from 'node:stream'
import { expect } from 'chai'
import { createLogger, redactText } from './logger.ts'

function capture() {
  const lines: Record<string, unknown>[] = []
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)))
      done()
    },
  })
  return { lines, logger: createLogger({ destination, bindings: { node: 1 } }) }
}

describe('createLogger', () => {
  it('writes structured lines, amounts as decimal text', () => {
    const { lines, logger } = capture()
    logger.info({ amount: 10n ** 21n, lot: '3-12' }, 'paid')
    expect(lines[0]).to.include({ level: 'info', node: 1, amount: '1000000000000000000000', lot: '3-12', msg: 'paid' })
  })

  it('never writes secrets, by name or inside URLs', () => {
    const { lines, logger } = capture()
    logger.info(
      { privateKey: '0xsecret', source: { password: 'hunter2' } },
      'rpc https://user:hunter3@rpc.example/?key=hunter4',
    )
    logger.error({ error: new Error('no answer from https://user:hunter5@rpc.example') }, 'failed')
    expect(JSON.stringify(lines)).to.not.match(/0xsecret|hunter/)
  })

  it('says what an error is, with its remedy and without its stack', () => {
    const { lines, logger } = capture()
    logger.error({ error: new TypeError('broken', { cause: new Error('below') }) }, 'failed')
    expect(lines[0]!.error).to.deep.equal({ type: 'TypeError', message: 'broken', cause: 'below' })
  })
})

describe('redactText', () => {
  it('keeps the rest of a URL', () => {
    expect(redactText('https://a:b@host/path?token=abc&x=1')).to.equal(
      'https://[redacted]@host/path?token=[redacted]&x=1',
    )
  })
})
