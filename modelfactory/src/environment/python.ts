import { type SpawnOptions, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PythonMissingError, PythonPackagesError } from '../errors/environment.ts'

export const MINIMUM_PYTHON = '3.11'
/** Modules whose presence means that the trainer can start. */
const NEEDED = ['torch', 'transformers', 'peft', 'safetensors', 'accelerate']
const STAMP = '.datanets-requirements'

export interface PythonEnvironment {
  /** The interpreter. */
  python: string
  /** Folder that holds the package `datanets_trainer`; the working directory of every trainer process. */
  trainerDir: string
}

export interface FindPythonOptions {
  /** Folder of `.venv`; the repository's root. */
  root: string
  trainerDir?: string
  /** An interpreter that has the packages already, instead of a virtual environment. */
  python?: string
  /** Told of what is going on, for people. */
  onProgress?: (line: string) => void
}

/**
 * The Python that runs the trainer. Makes the virtual environment and installs the pinned packages when they are missing
 * (about a minute, 1.2 GB); a torch build that is there already is kept when it satisfies the pins.
 * @throws PythonMissingError, PythonPackagesError
 */
export async function findPython(options: FindPythonOptions): Promise<PythonEnvironment> {
  const { root, onProgress = () => {} } = options
  const trainerDir = options.trainerDir ?? join(root, 'modelfactory', 'trainer')
  const given = options.python ?? process.env.DATANETS_PYTHON
  if (given !== undefined) {
    if (!(await hasPackages(given)))
      throw new PythonPackagesError({ folder: given, output: `missing among ${NEEDED.join(', ')}` })
    return { python: given, trainerDir }
  }
  const requirements = join(trainerDir, 'requirements.txt')
  const folder = join(root, '.venv')
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex')
  const stamp = join(folder, STAMP)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { python, trainerDir }

  if (!existsSync(python)) await makeEnvironment(folder, onProgress)
  if (!(await hasPackages(python))) {
    onProgress('Installing torch, transformers and peft (once, about 1.2 GB) …')
    const { code, output } = await run(python, [
      '-m',
      'pip',
      'install',
      '--disable-pip-version-check',
      '-r',
      requirements,
    ])
    if (code !== 0) throw new PythonPackagesError({ folder, output })
  }
  writeFileSync(stamp, wanted)
  return { python, trainerDir }
}

/** Why the trainer cannot run here without installing anything, or undefined when it can. For tests that skip. */
export async function whyNoPython(root: string): Promise<string | undefined> {
  const python = process.env.DATANETS_PYTHON ?? join(root, '.venv', 'bin', 'python')
  if (!existsSync(python) && process.env.DATANETS_PYTHON === undefined) return "no .venv with the trainer's packages"
  return (await hasPackages(python)) ? undefined : `${python} lacks one of ${NEEDED.join(', ')}`
}

async function makeEnvironment(folder: string, onProgress: (line: string) => void): Promise<void> {
  const tried = ['python3', 'python3.13', 'python3.12', 'python3.11']
  for (const candidate of tried) {
    const [major, minor] = MINIMUM_PYTHON.split('.')
    const check = `import sys, venv; sys.exit(sys.version_info < (${major}, ${minor}))`
    if ((await run(candidate, ['-c', check])).code !== 0) continue
    onProgress(`Making a virtual environment with ${candidate} …`)
    const { code, output } = await run(candidate, ['-m', 'venv', folder])
    if (code !== 0) throw new PythonPackagesError({ folder, output })
    return
  }
  throw new PythonMissingError({ tried, minimum: MINIMUM_PYTHON })
}

/** Looks the modules up without importing them: importing torch takes seconds. */
async function hasPackages(python: string): Promise<boolean> {
  const code = `import sys, importlib.util as u; sys.exit(any(u.find_spec(m) is None for m in ${JSON.stringify(NEEDED)}))`
  return (await run(python, ['-c', code])).code === 0
}

function run(command: string, args: string[], options: SpawnOptions = {}): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.on('error', (error) => resolve({ code: 127, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
