// Proves the assertions of test/contracts/smt for every input and every sequence of calls, with solc's model checker
// and z3 (`apt-get install z3`). Exits 0 with a word where no solver is installed, 1 where an assertion is not proved.
//
//   node scripts/smt.ts
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const FILE = 'test/contracts/smt/Cores.sol'
const require = createRequire(import.meta.url)
const solc = require('solc')
const { smtCallback } = require('solc/smtchecker.js')
const { smtSolver, availableSolvers } = require('solc/smtsolver.js')

const z3 = availableSolvers.find(({ name }: { name: string }) => name === 'z3')
if (!z3) {
  console.log('smt: skipped, z3 is not installed (Debian: apt-get install z3)')
  process.exit(0)
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const contracts = [...read(FILE).matchAll(/^contract (\w+)/gm)].map(([, name]) => name ?? '')
const input = {
  language: 'Solidity',
  sources: { [FILE]: { content: read(FILE) } },
  settings: {
    modelChecker: {
      engine: 'chc',
      solvers: ['smtlib2'],
      targets: ['assert'],
      contracts: { [FILE]: contracts },
      showProvedSafe: true,
      showUnproved: true,
      timeout: 60_000,
    },
    outputSelection: { '*': { '*': ['abi'] } },
  },
}
const output = JSON.parse(
  solc.compile(JSON.stringify(input), {
    import: (path: string) => ({ contents: read(path) }),
    smtSolver: smtCallback(smtSolver, z3),
  }),
)
const messages: string[] = (output.errors ?? []).map(
  ({ formattedMessage }: { formattedMessage: string }) => formattedMessage,
)
const proved = messages.filter((message) => /Assertion violation check is safe/.test(message)).length
const open = messages.filter((message) => /Assertion violation (happens|might happen)|unproved/.test(message))
const asserts = [...read(FILE).matchAll(/assert\(/g)].length
for (const message of open) console.error(message)
console.log(`smt: ${proved} of ${asserts} assertions proved`)
if (open.length || proved === 0) process.exitCode = 1
