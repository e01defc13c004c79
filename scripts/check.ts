// Formatter, linters and type checkers of every language, each as one line of the summary. Exits 1 when any complains.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runSuites, type Suite } from './suites/run.ts'

const root = join(import.meta.dirname, '..')
const ruff = join(root, '.venv', 'bin', 'ruff')

const suites: Suite[] = [
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'typescript style', command: ['biome', 'check', '--error-on-warnings'] },
  { name: 'solidity style', command: ['prettier', '--check', 'contracts/**/*.sol', 'test/**/*.sol'] },
  { name: 'solidity lint', command: ['solhint', '--disc', 'contracts/**/*.sol'] },
  {
    name: 'python style and lint',
    command: [ruff, 'check', 'modelfactory/trainer'],
    skip: existsSync(ruff)
      ? undefined
      : 'ruff is not installed: run `npm test` once, which makes the virtual environment',
  },
]

const { failed } = await runSuites(suites)
process.exit(failed === 0 ? 0 : 1)
