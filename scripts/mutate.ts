// Mutation testing: seeds one small bug at a time into the contracts and asks the tests to notice.
//
//   node scripts/mutate.ts [--target libraries|contracts] [--sample N] [--seed N] [--json FILE]
//
// `libraries` compiles only what is pure and runs in minutes; `contracts` compiles everything for each mutant. Exits 1
// below a score of 90 %.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { parseArgs } from 'node:util'

const ROOT = join(import.meta.dirname, '..')
const SCRATCH = join(ROOT, '.work/mutate')
const FORGE = join(ROOT, 'node_modules/@foundry-rs/forge-linux-amd64/bin/forge')
const GOAL = 90
const solc = createRequire(import.meta.url)('solc')

const TARGETS = {
  libraries: {
    files: [
      ...['Ballot', 'Information', 'Leaves', 'Lots', 'Quotas', 'Tally'].map(
        (name) => `contracts/libraries/${name}.sol`,
      ),
      ...['Entry', 'LotId', 'Seats'].map((name) => `contracts/types/${name}.sol`),
    ],
    copied: [
      'contracts/libraries',
      'contracts/types',
      'contracts/interfaces',
      'test/contracts/Libraries.t.sol',
      'test/contracts/utils/Test.sol',
      'test/contracts/utils/Vm.sol',
    ],
    tests: 'test/contracts/Libraries.t.sol',
    timeout: 120_000,
  },
  contracts: {
    files: ['contracts/Datanets.sol', 'contracts/Validators.sol', 'contracts/libraries/TermsLib.sol'],
    copied: ['contracts', 'test/contracts'],
    tests: 'test/contracts/{Datanets*,Validators*,MainPath}.t.sol',
    timeout: 900_000,
  },
} as const

type Node = { nodeType?: string; src?: string; operator?: string; [key: string]: unknown }
type Mutant = { file: string; start: number; length: number; replacement: string; kind: string }

/** What each operator may be mistaken for. */
const MISTAKES: Record<string, string[]> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '==': ['!='],
  '!=': ['=='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '&': ['|'],
  '|': ['&'],
  '^': ['&'],
  '<<': ['>>'],
  '>>': ['<<'],
  '+=': ['-=', '='],
  '-=': ['+=', '='],
  '|=': ['&=', '='],
  '&=': ['|=', '='],
  '^=': ['=', '|='],
  '>>=': ['<<='],
}

function sourcesOf(file: string): Record<string, { content: string }> {
  const sources: Record<string, { content: string }> = {}
  const add = (path: string) => {
    if (sources[path]) return
    const content = readFileSync(join(ROOT, path.startsWith('@') ? join('node_modules', path) : path), 'utf8')
    sources[path] = { content }
    for (const [, to = ''] of content.matchAll(/import\s+(?:[^"';]*from\s+)?["']([^"']+)["']/g)) {
      add(to.startsWith('.') ? posix.join(posix.dirname(path), to) : to)
    }
  }
  add(file)
  return sources
}

/** Every mutant of one file, from its syntax tree. */
function mutantsOf(file: string): Mutant[] {
  const sources = sourcesOf(file)
  const input = {
    language: 'Solidity',
    sources,
    settings: { stopAfter: 'parsing', outputSelection: { '*': { '': ['ast'] } } },
  }
  const { ast } = JSON.parse(solc.compile(JSON.stringify(input))).sources[file]
  const text = Buffer.from(sources[file]?.content ?? '')
  const at = (node: Node): [number, number] => {
    const [start = 0, length = 0] = (node.src ?? '').split(':').map(Number)
    return [start, length]
  }
  const mutants: Mutant[] = []
  const replace = (start: number, length: number, replacement: string, kind: string) =>
    mutants.push({ file, start, length, replacement, kind })
  const between = (left: Node, right: Node, operator: string) => {
    const [leftStart, leftLength] = at(left)
    const start = leftStart + leftLength
    const length = at(right)[0] - start
    const middle = text.subarray(start, start + length).toString()
    for (const other of MISTAKES[operator] ?? []) {
      replace(
        start,
        length,
        middle.replace(operator, () => other),
        `${operator} -> ${other}`,
      )
    }
  }
  const walk = (node: Node, inside: boolean) => {
    const [start, length] = at(node)
    const own = text.subarray(start, start + length).toString()
    const within = inside || node.nodeType === 'FunctionDefinition'
    if (within) {
      if (node.nodeType === 'BinaryOperation')
        between(node.leftExpression as Node, node.rightExpression as Node, node.operator ?? '')
      if (node.nodeType === 'Assignment')
        between(node.leftHandSide as Node, node.rightHandSide as Node, node.operator ?? '')
      if (node.nodeType === 'ExpressionStatement' || node.nodeType === 'EmitStatement')
        replace(start, length, '{}', 'statement deleted')
      if (node.nodeType === 'IfStatement') {
        const [conditionStart, conditionLength] = at(node.condition as Node)
        for (const constant of ['true', 'false'])
          replace(conditionStart, conditionLength, constant, `if -> ${constant}`)
      }
      if (node.nodeType === 'Literal' && node.kind === 'number') replace(start, length, `(${own} + 1)`, 'literal + 1')
      if (node.nodeType === 'ModifierInvocation') replace(start, length, '', 'modifier removed')
      if (node.nodeType === 'UnaryOperation' && (node.operator === '!' || node.operator === '~'))
        replace(start, length, own.slice(1), `${node.operator} removed`)
    }
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (child && typeof child === 'object') walk(child as Node, within)
      }
    }
  }
  walk(ast, false)
  return mutants
}

/** The same sample for the same seed. */
function sample<T>(items: T[], size: number, seed: number): T[] {
  const copy = [...items]
  let state = seed >>> 0
  for (let i = copy.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const j = state % (i + 1)
    ;[copy[i], copy[j]] = [copy[j] as T, copy[i] as T]
  }
  return copy.slice(0, size)
}

const { values } = parseArgs({
  options: {
    target: { type: 'string', default: 'libraries' },
    sample: { type: 'string', default: '60' },
    seed: { type: 'string', default: '55930' },
    json: { type: 'string' },
  },
})
const target = TARGETS[values.target as keyof typeof TARGETS]

rmSync(SCRATCH, { recursive: true, force: true })
for (const path of [...target.copied, 'scripts/solc-shim.mjs', 'foundry.toml']) {
  mkdirSync(dirname(join(SCRATCH, path)), { recursive: true })
  cpSync(join(ROOT, path), join(SCRATCH, path), { recursive: true })
}
symlinkSync(join(ROOT, 'node_modules'), join(SCRATCH, 'node_modules'))

const run = () =>
  spawnSync(FORGE, ['test', '--offline', '--fail-fast', '--match-path', target.tests], {
    cwd: SCRATCH,
    encoding: 'utf8',
    timeout: target.timeout,
    env: { ...process.env, FOUNDRY_PROFILE: 'quick', FOUNDRY_FUZZ_RUNS: '16' },
  })

const healthy = run()
if (healthy.status !== 0) {
  console.error(`The tests fail before any bug is seeded:\n${healthy.stdout}${healthy.stderr}`)
  process.exit(2)
}

const all = target.files.flatMap(mutantsOf)
const chosen = sample(all, Number(values.sample), Number(values.seed))
const survivors: string[] = []
let killed = 0
let invalid = 0
for (const { file, start, length, replacement, kind } of chosen) {
  const original = readFileSync(join(ROOT, file))
  const mutated = Buffer.concat([
    original.subarray(0, start),
    Buffer.from(replacement),
    original.subarray(start + length),
  ])
  writeFileSync(join(SCRATCH, file), mutated)
  const { status, stdout, stderr } = run()
  writeFileSync(join(SCRATCH, file), original)
  const line = original.subarray(0, start).toString().split('\n').length
  if (/Compiler run failed/.test(stdout + stderr)) invalid++
  else if (status === 0) survivors.push(`${file}:${line} ${kind}: ${original.subarray(start, start + length)}`)
  else killed++
}
const score = (100 * killed) / Math.max(1, killed + survivors.length)
for (const survivor of survivors) console.log(`survived  ${survivor}`)
console.log(
  `${values.target}: ${all.length} mutants, ${chosen.length} tried, ${invalid} do not compile, ${killed} killed, ` +
    `${survivors.length} survived: ${score.toFixed(1)} %`,
)
if (values.json)
  writeFileSync(
    values.json,
    `${JSON.stringify({ target: values.target, tried: chosen.length, invalid, killed, survivors, score }, null, 2)}\n`,
  )
if (score < GOAL) process.exitCode = 1
