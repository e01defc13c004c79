// Every test with a behaviour tree beside it follows it: each branch that reverts has its test and each such test its
// branch, and every function of the tree is tested.
//
//   node scripts/trees.ts
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const TESTS = join(import.meta.dirname, '../test/contracts')

/** `├── given the lot is full` → depth and words. */
function branches(tree: string): { depth: number; text: string }[] {
  return tree
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [marks] = line.match(/^[│├└─\s]*/u) ?? ['']
      return { depth: Math.ceil(marks.length / 4), text: line.slice(marks.length) }
    })
}

const camel = (words: string) => words.replace(/[^\p{L}\p{N}]+(\p{L}?)/gu, (_, letter: string) => letter.toUpperCase())

/** Names of the tests that the reverting branches of a tree ask for, and the functions it is about. */
function asked(tree: string) {
  const names = new Set<string>()
  const roots = new Set<string>()
  let root = ''
  const path: string[] = []
  for (const { depth, text } of branches(tree)) {
    path.length = depth
    path[depth] = text
    if (depth === 0) {
      root = text.includes('::') ? (text.split('::')[1] ?? '') : text
      roots.add(root)
    }
    if (text !== 'it should revert') continue
    const [kind, ...words] = (path[depth - 1] ?? '').split(' ')
    const branch = camel(words.join(' ').replace(/'/g, ''))
    names.add(`test_${root}_Revert${camel(` ${kind}`)}_${branch[0]?.toUpperCase()}${branch.slice(1)}`)
  }
  return { names, roots }
}

let missing = 0
const complain = (message: string) => {
  console.error(message)
  missing++
}
/** Trees in freer words, for which reading has to do. */
const FREE = /^(Admission|Appeals|ModelFactory)/

const trees = globSync('**/*.tree', { cwd: TESTS }).filter((tree) => !FREE.test(tree))
for (const tree of trees) {
  const { names, roots } = asked(readFileSync(join(TESTS, tree), 'utf8'))
  const source = readFileSync(join(TESTS, tree.replace('.tree', '.t.sol')), 'utf8')
  const tests = [...source.matchAll(/function (test\w+)/g)].map(([, name]) => name ?? '')
  for (const name of names) if (!tests.includes(name)) complain(`${tree}: no test ${name}`)
  for (const name of tests) {
    if (/_Revert(When|Given)_/.test(name) && !names.has(name)) complain(`${tree}: no branch for ${name}`)
  }
  for (const root of roots) {
    if (!tests.some((name) => name.includes(`_${root}_`))) complain(`${tree}: no test of ${root}`)
  }
}
console.log(`${trees.length} behaviour trees, ${missing} differences`)
if (missing) process.exitCode = 1
