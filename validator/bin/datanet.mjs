#!/usr/bin/env node
// Starts the CLI under Node 24 with the flags it needs, whatever Node this file was started with.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const MIN_MAJOR = 24
const require = createRequire(import.meta.url)
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

function nodePath() {
  if (Number(process.versions.node.split('.')[0]) >= MIN_MAJOR) return process.execPath
  try {
    return require.resolve('node/bin/node')
  } catch {
    process.stderr.write(`datanet needs Node ${MIN_MAJOR}; this is ${process.version}. Run: npm install\n`)
    process.exit(1)
  }
}

/** In a checkout the SDK is taken from its source, so that nothing has to be built first. */
const isCheckout = existsSync(new URL('../../sdk/src/index.ts', import.meta.url))
const flags = ['--disable-warning=ExperimentalWarning', ...(isCheckout ? ['--conditions=@datanets/source'] : [])]
const program = nodePath()
const args = [...flags, main, ...process.argv.slice(2)]
if (typeof process.execve === 'function') {
  // Becomes the other program: one process, so that whoever ends this one ends the node.
  process.removeAllListeners('warning')
  process.execve(program, [program, ...args], process.env)
}
const child = spawn(program, args, { stdio: 'inherit' })
// The child has the same terminal and gets its own Ctrl-C; a signal sent to this process alone is handed on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
process.on('SIGINT', () => undefined)
child.on('error', (error) => {
  process.stderr.write(`datanet cannot start: ${error.message}\n`)
  process.exit(1)
})
child.on('close', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
