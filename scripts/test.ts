// Every test of the project, one suite after another; the last line is `N passed, N failed, N skipped`.
//   npm test                 the quick profile, for every change
//   npm run test:deep        more fuzz runs, deeper invariant campaigns, more kills: for a release
//   npm test -- sdk indexer  only the suites whose name starts with one of these words
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findPython } from '../modelfactory/src/environment/python.ts'
import { PythonMissingError, PythonPackagesError } from '../modelfactory/src/errors/environment.ts'
import { runSuites, type Suite } from './suites/run.ts'

const { values, positionals } = parseArgs({ options: { deep: { type: 'boolean' } }, allowPositionals: true })
const root = join(import.meta.dirname, '..')
const deep = values.deep === true
const env = { DATANETS_TEST_PROFILE: deep ? 'deep' : 'quick' }

const mocha = (name: string, ...globs: string[]): Suite => ({
  name,
  command: ['mocha', '--exit', '--timeout', '60000', ...globs],
  env,
  timeout: deep ? 14_400 : 1800,
})

const wanted = ({ name }: Suite) =>
  positionals.length === 0 || positionals.some((word) => name.toLowerCase().startsWith(word.toLowerCase()))

const all: Suite[] = [
  { name: 'check', command: ['node', 'scripts/check.ts'] },
  { name: 'contracts', command: ['hardhat', 'test', 'solidity'], env, timeout: deep ? 14_400 : 1500 },
  mocha('sdk', 'sdk/src/**/*.test.ts'),
  mocha('validator', 'validator/src/**/*.test.ts', 'scripts/**/*.test.ts'),
  mocha('docs', 'docs/src/**/*.test.ts'),
  mocha('indexer', 'indexer/src/**/*.test.ts'),
  mocha('modelfactory', 'modelfactory/src/**/*.test.ts'),
  mocha('app', 'app/src/**/*.test.ts'),
  mocha('integration', 'test/integration/**/*.test.ts'),
  mocha('end to end', 'test/e2e/**/*.test.ts'),
]
const suites = all.filter(wanted)

/** The trainer's own tests, under its own Python; skipped where there is none. */
async function trainerSuite(): Promise<Suite> {
  const suite = { name: 'trainer', env, timeout: 1200 }
  try {
    const { python } = await findPython({ root, onProgress: (line) => console.log(line) })
    return { ...suite, command: [python, '-m', 'pytest', '-q', 'modelfactory/trainer/tests'] }
  } catch (error) {
    if (!(error instanceof PythonMissingError || error instanceof PythonPackagesError)) throw error
    return { ...suite, command: ['python3'], skip: error.message }
  }
}
if (wanted({ name: 'trainer', command: ['python3'] })) suites.unshift(await trainerSuite())

const { failed } = await runSuites(suites)
process.exit(failed === 0 ? 0 : 1)
