// The same job on peers, deployed from the artifacts their packages ship on a chain like ours.
import { execFile } from 'node:child_process'
import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Abi, Hex } from 'viem'
import type { Row } from './meter.ts'
import { measureEas } from './peers/eas.ts'
import { measureMerkleDistributor } from './peers/merkle-distributor.ts'
import { measureUma } from './peers/uma.ts'

const run = promisify(execFile)
const HOME = join(import.meta.dirname, '..')

export type Artifact = { abi: Abi; bytecode: Hex }
export type Artifacts = (path: string) => Promise<Artifact>

/** Unpacks a package of `devDependencies` into node_modules, without what it depends on: bytecode needs none of it. */
async function install(name: string, version: string): Promise<string> {
  const home = join(HOME, 'node_modules', name)
  const present = await access(join(home, 'package.json')).then(
    () => true,
    () => false,
  )
  if (present) return home

  const scratch = await mkdtemp(join(tmpdir(), 'datanets-bench-'))
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', scratch, `${name}@${version}`])
  await run('tar', ['xzf', join(scratch, stdout.trim()), '-C', scratch])
  await mkdir(join(home, '..'), { recursive: true })
  await rename(join(scratch, 'package'), home).catch(() => run('cp', ['-r', join(scratch, 'package'), home]))
  await rm(scratch, { recursive: true, force: true })
  return home
}

const MEASURES = {
  '@ethereum-attestation-service/eas-contracts': measureEas,
  '@uma/core': measureUma,
  '@uniswap/merkle-distributor': measureMerkleDistributor,
}

/** What could be measured, by name; a peer that could not be says why in its row. */
export async function measurePeers(): Promise<{ peers: Record<string, number>; rows: Row[] }> {
  const { devDependencies } = JSON.parse(await readFile(join(HOME, 'package.json'), 'utf8'))
  const rows: Row[] = []
  for (const [name, measure] of Object.entries(MEASURES)) {
    try {
      const home = await install(name, devDependencies[name])
      const read: Artifacts = async (path) => {
        const { abi, bytecode } = JSON.parse(await readFile(join(home, path), 'utf8'))
        return { abi, bytecode: bytecode.startsWith('0x') ? bytecode : `0x${bytecode}` }
      }
      rows.push(...(await measure(read)))
    } catch (error) {
      const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? 'no reason given'
      rows.push({ name, gas: null, note: `not measured: ${reason}` })
    }
  }
  const peers = Object.fromEntries(rows.flatMap(({ name, gas }) => (gas === null ? [] : [[name, gas]])))
  return { peers, rows }
}
