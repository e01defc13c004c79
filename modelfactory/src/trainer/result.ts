import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hex } from 'viem'
import { TrainerResultError } from '../errors/trainer.ts'

/** A file the trainer finished with. */
export interface ResultFile {
  /** Path within the trainer's folder. */
  name: string
  bytes: Uint8Array
  sha256: Hex
}

export interface TrainingResult {
  /** `manifest.json`, parsed: settings, versions, profile, digests. */
  manifest: TrainerManifest
  files: ReadonlyMap<string, ResultFile>
}

export interface TrainerManifest {
  type: string
  run: Hex
  seed: number
  settings: Record<string, never>
  versions: Record<string, string>
  profile: Record<string, never>
  code: Record<string, string>
  attribution: string | null
  inputs: { base: Record<string, Hex> }
  files: Record<string, Hex>
}

/** Files a run cannot be anchored without. */
const NEEDED = [
  'adapter/adapter_model.safetensors',
  'adapter/adapter_config.json',
  'metrics.json',
  'scores.json',
  'settings.json',
]

/**
 * Reads what the trainer left and checks every file against its manifest, so that nothing changed between training and
 * anchoring goes on chain.
 * @throws TrainerResultError
 */
export function readResult(folder: string): TrainingResult {
  const manifestBytes = read(folder, 'manifest.json')
  const manifest = JSON.parse(new TextDecoder().decode(manifestBytes)) as TrainerManifest
  const files = new Map<string, ResultFile>()
  for (const name of NEEDED) {
    if (manifest.files[name] === undefined)
      throw new TrainerResultError({ file: name, expected: 'a digest', actual: 'nothing' })
  }
  for (const [name, expected] of Object.entries(manifest.files)) {
    // The index for chat answers stays on this machine: nothing that is anchored follows from it.
    if (name.startsWith('index/')) continue
    const bytes = read(folder, name)
    const actual: Hex = `0x${createHash('sha256').update(bytes).digest('hex')}`
    if (actual !== expected) throw new TrainerResultError({ file: name, expected, actual })
    files.set(name, { name, bytes, sha256: actual })
  }
  const sha256: Hex = `0x${createHash('sha256').update(manifestBytes).digest('hex')}`
  files.set('manifest.json', { name: 'manifest.json', bytes: manifestBytes, sha256 })
  return { manifest, files }
}

function read(folder: string, name: string): Uint8Array {
  const path = join(folder, name)
  if (!existsSync(path)) throw new TrainerResultError({ file: name, expected: 'the file', actual: 'nothing' })
  return readFileSync(path)
}
