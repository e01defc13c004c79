import { expect } from 'chai'
import { defaultRules, type Fingerprint, inspect } from '../checks/index.ts'
import { type AcceptedItem, Corpus } from './corpus.ts'

const TEXTS = {
  tides: 'The tide rises and falls twice a day because the moon pulls at the water on both sides of the earth. '.repeat(
    3,
  ),
  bread: 'Mix flour with water and salt, wait a day, fold the dough four times and bake it in a very hot oven. '.repeat(
    3,
  ),
}

async function fingerprintOf(text: string): Promise<Fingerprint> {
  const bytes = new TextEncoder().encode(text)
  const input = { bytes, declaredFormat: 'txt' as const, declaredBytes: bytes.length, declaredSha256: '' }
  return (await inspect(input, defaultRules('text'))).fingerprint!
}

describe('Corpus', () => {
  let tides: Fingerprint
  let bread: Fingerprint
  before(async () => {
    tides = await fingerprintOf(TEXTS.tides)
    bread = await fingerprintOf(TEXTS.bread)
  })

  const item = (lotNumber: number, index: number, sha256: string, fingerprint: Fingerprint): AcceptedItem => ({
    lotNumber,
    index,
    contribution: `1-${lotNumber}-${index}`,
    sha256,
    features: { fingerprint },
  })

  it('names the earliest of equal contents', () => {
    const corpus = new Corpus('text')
    corpus.setAccepted([item(4, 0, 'a', tides), item(2, 7, 'a', tides)])
    expect(corpus.openView(9).context.hashes!.get('a')).to.equal('1-2-7')
    expect(corpus.size).to.equal(1)
  })

  it('shows a lot only what was entered before it', () => {
    const corpus = new Corpus('text')
    corpus.setAccepted([item(2, 0, 'a', tides), item(5, 0, 'b', bread)])
    const view = corpus.openView(5)
    expect(view.size).to.equal(1)
    expect(view.context.hashes!.get('b')).to.equal(undefined)
    expect(view.context.index!.query(bread)).to.deep.equal([])
    expect(view.context.index!.query(tides)).to.deep.equal([{ id: '1-2-0', similarity: 1 }])
  })

  it('counts items of the lot itself once they are voted for, and says they are of this lot', () => {
    const view = new Corpus('text').openView(3)
    expect(view.context.index!.query(tides)).to.deep.equal([])
    view.add({ contribution: '1-3-0', sha256: 'a', features: { fingerprint: tides } })
    expect(view.context.index!.query(tides)).to.deep.equal([{ id: '1-3-0', similarity: 1 }])
    expect(view.context.hashes!.get('a')).to.equal('1-3-0')
  })

  it('forgets what an appeal or a reorganisation took back, and knows it again when it returns', () => {
    const corpus = new Corpus('text')
    const accepted = [item(2, 0, 'a', tides)]
    corpus.setAccepted(accepted)
    corpus.setAccepted([])
    expect(corpus.openView(9).context.index!.query(tides)).to.deep.equal([])
    expect(corpus.openView(9).context.hashes!.get('a')).to.equal(undefined)
    corpus.setAccepted(accepted)
    expect(corpus.openView(9).context.index!.query(tides)).to.have.length(1)
  })
})
