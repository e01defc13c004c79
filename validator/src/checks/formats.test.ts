import { expect } from 'chai'
import { FORMATS, formatOfName, formatsOf, MODALITIES, modalityOf } from './index.ts'

describe('formats', () => {
  it('has twelve, each of one modality', () => {
    expect(FORMATS).to.have.length(12)
    for (const modality of MODALITIES) {
      for (const format of formatsOf(modality)) expect(modalityOf(format)).to.equal(modality)
    }
  })

  const names: [string, string | undefined][] = [
    ['a.md', 'md'],
    ['a.markdown', 'md'],
    ['PHOTO.JPEG', 'jpg'],
    ['scan.tif', 'tiff'],
    ['x.tar.flac', 'flac'],
    ['archive.zip', undefined],
    ['README', undefined],
    ['.', undefined],
  ]
  for (const [name, format] of names) {
    it(`reads ${name} as ${format ?? 'no format of ours'}`, () => expect(formatOfName(name)).to.equal(format))
  }
})
