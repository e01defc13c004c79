import { expect } from 'chai'
import { CanonicalNumberError } from '../errors/provenance.ts'
import { canonicalDigest, canonicalJson } from './canonical.ts'
import { provenanceStatement } from './statement.ts'

describe('canonical JSON', () => {
  it('sorts keys and keeps the order of lists', () => {
    expect(canonicalJson({ b: [2, 1], a: { d: null, c: 'é' } })).to.equal('{"a":{"c":"é","d":null},"b":[2,1]}')
  })

  it('gives the digest the trainer gives', () => {
    // From datanets_trainer.canonical.digest({"seed": 42, "learningRate": "0.00005", "targets": ["q_proj"]}).
    const value = { seed: 42, learningRate: '0.00005', targets: ['q_proj'] }
    expect(canonicalDigest(value)).to.equal('0xc71e827cb80194ceede08882aa4522659005e3c88bc5871efa5ce1a3e20580cd')
  })

  it('refuses numbers that languages print differently, and says where', () => {
    for (const value of [0.1, Number.NaN, 2 ** 53]) {
      expect(() => canonicalJson({ settings: [{ rate: value }] }))
        .to.throw(CanonicalNumberError)
        .with.property('shortMessage')
        .that.matches(/^\$\.settings\[0\]\.rate is /)
    }
  })
})

describe('provenance statement', () => {
  const input = {
    subjects: [
      { name: 'b', sha256: '2'.repeat(64) },
      { name: 'a', sha256: '1'.repeat(64) },
    ],
    externalParameters: { rank: 8 },
    internalParameters: {},
    dependencies: [{ name: 'dataset', sha256: '3'.repeat(64), uri: 'ipfs://x' }],
    byproducts: [],
    builder: 'eip155:1:0xabc',
    invocation: 'eip155:1:0xdef/run/0x1',
    startedOn: '2026-01-01T00:00:00.000Z',
    finishedOn: '2026-01-01T00:01:00.000Z',
  }

  it('is an in-toto statement with an SLSA predicate, its subjects in one order', () => {
    const statement = provenanceStatement(input) as {
      _type: string
      predicateType: string
      subject: { name: string }[]
    }
    expect(statement._type).to.equal('https://in-toto.io/Statement/v1')
    expect(statement.predicateType).to.equal('https://slsa.dev/provenance/v1')
    expect(statement.subject.map(({ name }) => name)).to.deep.equal(['a', 'b'])
  })

  it('has a canonical form that does not depend on the order of its inputs', () => {
    const turned = { ...input, subjects: [...input.subjects].reverse() }
    expect(canonicalDigest(provenanceStatement(turned))).to.equal(canonicalDigest(provenanceStatement(input)))
  })
})
