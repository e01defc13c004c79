#!/usr/bin/env node
// Answers Foundry as a native `solc` would, with the compiler of the npm package `solc`: nothing is downloaded, and both
// runners compile with the same one.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

const solc = createRequire(import.meta.url)('solc')
const args = process.argv.slice(2)

if (args.includes('--version')) {
  const version = solc.version().replace('.Emscripten.clang', '.Linux.g++')
  process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${version}\n`)
} else if (args.includes('--standard-json')) {
  const base = args.includes('--base-path') ? args[args.indexOf('--base-path') + 1] : '.'
  const output = solc.compile(readFileSync(0, 'utf8'), {
    import: (path) => {
      try {
        return { contents: readFileSync(resolve(base, path), 'utf8') }
      } catch (error) {
        return { error: String(error) }
      }
    },
  })
  process.stdout.write(output)
} else {
  process.stderr.write(`solc-shim: only --version and --standard-json are answered, not ${args.join(' ')}\n`)
  process.exitCode = 1
}
