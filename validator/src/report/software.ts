import { readFileSync } from 'node:fs'

/** Versions that can change a measured value: this package, the runtime and the pinned decoders. */
export interface Software {
  validator: string
  node: string
  libraries: Record<string, string>
}

const LIBRARIES = [
  '@redactpii/node',
  'ajv',
  'audio-decode',
  'bmp-ts',
  'eld',
  'fflate',
  'file-type',
  'libphonenumber-js',
  'mammoth',
  'music-metadata',
  'pdfjs-dist',
  'sharp',
  'sharp-phash',
  'yauzl',
]

/** Dependencies are pinned exactly, so the package's own file is the list of what runs. */
export function readSoftware(): Software {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
    dependencies: Record<string, string>
  }
  return {
    validator: manifest.version,
    node: process.versions.node,
    libraries: Object.fromEntries(LIBRARIES.map((name) => [name, manifest.dependencies[name] ?? 'absent'])),
  }
}
