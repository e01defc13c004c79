import { type HostileCase, PROSE } from './case.ts'

const BYTES = Buffer.from(`# Log\n\n${PROSE}`)
const EXPECTED = {
  chainId: 31_337,
  contract: '0x00000000000000000000000000000000000000AA',
  datanetId: '1',
  contributor: '0x01',
}
const BINDING = { ...EXPECTED, licence: 'CC-BY-4.0' }

function claim(name: string, claims: HostileCase['claims'], expect: HostileCase['expect'] = 'reject'): HostileCase {
  return { name: `${name}.md`, format: 'md', bytes: BYTES, expect, claims }
}

/** Good bytes with bad claims about them. */
export function hostileClaims(): HostileCase[] {
  const without = (field: string) => Object.fromEntries(Object.entries(BINDING).filter(([name]) => name !== field))
  return [
    claim('other-digest', { declaredSha256: '00'.repeat(32) }),
    claim('digest-is-no-hex', { declaredSha256: '<script>' }),
    claim('says-fewer-bytes', { declaredBytes: 10 }),
    claim('says-negative-bytes', { declaredBytes: -1 }),
    claim('says-no-number', { declaredBytes: Number.NaN }),
    claim('other-contributor', { manifest: { ...BINDING, contributor: '0x02' }, expected: EXPECTED }),
    claim('other-chain', { manifest: { ...BINDING, chainId: 1 }, expected: EXPECTED }),
    claim('no-contributor', { manifest: without('contributor'), expected: EXPECTED }),
    claim('no-manifest', { expected: EXPECTED }),
    claim('no-licence', { manifest: without('licence'), expected: EXPECTED }),
    claim('licence-is-an-object', { manifest: { ...BINDING, licence: { toString: 'x' } }, expected: EXPECTED }),
    claim('prototype-in-manifest', {
      manifest: JSON.parse('{"__proto__":{"contributor":"0x01"},"licence":"MIT"}'),
      expected: EXPECTED,
    }),
    claim('deep-manifest', { manifest: { ...BINDING, contributor: deep(3_000) }, expected: EXPECTED }),
    claim('name-climbs-out', { name: '../../../../etc/passwd\0.md' }, 'accept'),
    claim('name-runs-backwards', { name: 'log\u202Edm.exe' }, 'accept'),
    claim('bound-well', { manifest: BINDING, expected: EXPECTED }, 'accept'),
  ]
}

function deep(levels: number): unknown {
  let value: unknown = '0x01'
  for (let level = 0; level < levels; level++) value = [value]
  return value
}
