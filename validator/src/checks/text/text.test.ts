import { expect } from 'chai'
import type { RuleName } from '../index.ts'
import { codesOf, PROSE, resultOf, verdictOf } from '../testing.ts'

const GERMAN =
  'Der Leuchtturmwärter schrieb jeden Abend das Wetter in sein Buch. Der Wind kam aus Westen, am Nachmittag fiel Regen.'

describe('text checks', function () {
  this.timeout(20_000)
  const rejected: [string, string, string, Partial<Record<RuleName, Record<string, unknown>>>?][] = [
    ['white space', ' \n\t \n', 'empty'],
    ['invisible characters', '\u200B\u2060'.repeat(90), 'empty'],
    ['three words', 'Only three words', 'too-short'],
    ['more than the cap', PROSE, 'too-long', { textLength: { maxCharacters: 100 } }],
    ['invalid bytes', `${PROSE}${'\uFFFD'.repeat(9)}`, 'bad-encoding'],
    ['direction overrides', `${PROSE}${'\u202Etxt'.repeat(5)}`, 'bad-encoding'],
    ['German where English is asked', GERMAN, 'wrong-language', { language: { allowed: ['en'] } }],
    ['the same lines', PROSE.repeat(20), 'repetitive'],
    ['keys hit at random', 'sdkfjh wqpxz bvnmtr zxcvb qwrtp lkjhg dfghjk xcvbnm wrtpsd zzxxcc plmkn', 'gibberish'],
  ]
  for (const [what, text, code, checks] of rejected) {
    it(`reject ${what} as ${code}`, async () => expect(codesOf(await verdictOf(text, 'txt', checks))).to.include(code))
  }

  it('take German where German is asked, and any language by default', async () => {
    expect(codesOf(await verdictOf(GERMAN, 'txt', { language: { allowed: ['de'] } }))).to.deep.equal([])
    expect(resultOf(await verdictOf(GERMAN, 'txt'), 'language')?.measured).to.equal('de')
  })

  for (const [language, text] of [
    [
      'Japanese',
      '灯台守は毎晩天気を本に書いた。西からの風、午後の雨、六時に灯りがともる。晴れた夜には岬を通る船を数え、どちらへ行ったかを書き留めた。',
    ],
    [
      'Russian',
      'Смотритель маяка каждый вечер записывал погоду в свою книгу. Ветер с запада, дождь после полудня, лампа зажжена в шесть.',
    ],
    ['Arabic', 'كان حارس المنارة يكتب الطقس في كتابه كل مساء. ريح من الغرب ومطر بعد الظهر والمصباح يضيء في السادسة.'],
  ] as const) {
    it(`do not take ${language} for gibberish`, async () =>
      expect(codesOf(await verdictOf(text, 'txt'))).to.deep.equal([]))
  }

  it('read UTF-16 with its mark', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(PROSE, 'utf16le')])
    expect(codesOf(await verdictOf(bytes, 'txt'))).to.deep.equal([])
  })
})

describe('personalData', function () {
  this.timeout(20_000)
  const found: [kind: string, text: string, secret: string][] = [
    ['email', 'write to john.smith@mail-server.org today', 'john.smith'],
    ['phone', 'call +44 20 7946 0958 or later', '7946'],
    ['card', 'card 4111 1111 1111 1111 expires soon', '4111'],
    ['ssn', 'number 536-22-8726 on file', '8726'],
    ['ipv4', 'the server at 8.8.4.4 answered', '8.8.4'],
    ['ipv4', 'seen from 203.12.7.99 at night', '203.12'],
    ['key', '-----BEGIN PRIVATE KEY----- and more', 'BEGIN'],
    ['key', `private key: 0x${'a1'.repeat(32)}`, 'a1a1'],
    ['key', 'AKIAIOSFODNN7EXAMPLE was printed', 'AKIA'],
  ]
  for (const [kind, text, secret] of found) {
    it(`finds ${kind} in "${text.slice(0, 24)}…" and does not repeat it`, async () => {
      const result = resultOf(await verdictOf(`${PROSE}${text}`, 'txt'), 'personalData')!
      expect(result.code).to.equal('personal-data')
      expect(result.message).to.include(`${kind} 1`)
      expect(JSON.stringify(result)).to.not.include(secret)
    })
  }

  const harmless = [
    'write to someone@example.com',
    'localhost is 127.0.0.1 and the router 192.168.1.1',
    'version 1.2.3.4 came out',
    'release 42.6.7.9 follows 42.6.7.8',
    `transaction 0x${'a1'.repeat(32)} was mined`,
    'order 4111 1111 1111 1112 has no check digit',
    'the years 1914 to 1918 and 1939 to 1945',
    'ISBN 978-3-16-148410-0',
  ]
  for (const text of harmless) {
    it(`leaves alone "${text.slice(0, 40)}"`, async () => {
      expect(codesOf(await verdictOf(`${PROSE}${text}`, 'txt'))).to.deep.equal([])
    })
  }

  it('counts national numbers only of the country the rules name', async () => {
    const text = `${PROSE}call 020 7946 0958 now`
    expect(codesOf(await verdictOf(text, 'txt'))).to.deep.equal([])
    expect(codesOf(await verdictOf(text, 'txt', { personalData: { phoneCountry: 'GB' } }))).to.deep.equal([
      'personal-data',
    ])
  })
})

describe('rows', function () {
  this.timeout(20_000)
  const schema = {
    type: 'object',
    required: ['prompt', 'response'],
    additionalProperties: false,
    properties: { prompt: { type: 'string', minLength: 1 }, response: { type: 'string', minLength: 1 } },
  }
  const checks = { rows: { enabled: true, schema }, repetition: { enabled: false }, gibberish: { enabled: false } }
  const rows = [
    { prompt: 'What does the keeper write?', response: 'The weather of the evening.' },
    { prompt: 'When is the lamp lit?', response: 'At six, all through the winter.' },
  ]

  it('take JSON lines and a JSON array', async () => {
    expect(codesOf(await verdictOf(rows.map((row) => JSON.stringify(row)).join('\n'), 'txt', checks))).to.deep.equal([])
    expect(codesOf(await verdictOf(JSON.stringify(rows), 'txt', checks))).to.deep.equal([])
  })

  it('name the first row that does not match', async () => {
    const text = [...rows, { prompt: '' }].map((row) => JSON.stringify(row)).join('\n')
    const result = resultOf(await verdictOf(text, 'txt', checks), 'rows')!
    expect([result.code, result.measured]).to.deep.equal(['row-invalid', 1])
    expect(result.message).to.include('row 3')
  })

  it('refuse a line that is no JSON, and a prototype in a row', async () => {
    const text = `${JSON.stringify(rows[0])}\nnot json at all here\n{"__proto__":{"prompt":"x"},"response":"y"}`
    expect(resultOf(await verdictOf(text, 'txt', checks), 'rows')?.measured).to.equal(2)
  })
})
