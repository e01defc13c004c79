// The one file that runs on whatever Node is installed. It prepares what a command needs, then hands over to the pinned
// Node: `node scripts/bootstrap.mjs <command> [arguments]` runs `scripts/<command>.ts`.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const NODE_VERSION = '24.21.0'
const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..')
const node = join(root, 'node_modules', '.bin', 'node')

/** Progress goes to standard error, so that `--json` on standard output stays clean. */
const say = (line) => process.stderr.write(`${line}\n`)

function fail(what, remedy) {
  say(`\n${what}\n- ${remedy}`)
  process.exit(1)
}

/** The environment without what an outer npm sets: it would steer the inner one. */
function plainEnvironment(extra = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))
  return { ...Object.fromEntries(kept), ...extra }
}

function filesBelow(folder, keep) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && keep(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}

function digestOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
}

/** Runs `make` unless the stamp says that it ran for the same inputs. */
function once(stamp, digest, make) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  make()
  writeFileSync(stamp, digest)
}

function run(what, command, args, env) {
  const started = Date.now()
  say(`${what} …`)
  const done = spawnSync(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 })
  if (done.status !== 0) {
    say(`${done.stdout ?? ''}${done.stderr ?? ''}`)
    fail(
      `${what} failed (exit ${done.status ?? done.error?.message}).`,
      'Read the lines above, then run the command again.',
    )
  }
  say(`${what} … ${((Date.now() - started) / 1000).toFixed(0)} s`)
}

/** Only one process prepares at a time; another waits for it. */
function withLock(work) {
  const lock = join(root, '.datanets', 'prepare.lock')
  mkdirSync(join(root, '.datanets'), { recursive: true })
  for (let waited = 0; ; waited++) {
    try {
      mkdirSync(lock)
      break
    } catch {
      const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
      if (age > 15 * 60_000) rmSync(lock, { recursive: true, force: true })
      if (waited === 0) say('Another process is preparing this checkout; waiting for it …')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000)
    }
  }
  const unlock = () => rmSync(lock, { recursive: true, force: true })
  process.once('exit', unlock)
  work()
  unlock()
}

function prepare() {
  const lockFile = join(root, 'package-lock.json')
  const stamp = join(root, '.datanets', 'packages')
  if (!existsSync(node)) rmSync(stamp, { force: true })
  once(stamp, digestOf([lockFile]), () => {
    // Under an older Node, npm would skip Hardhat's native part without a word. `npm ci` would refuse the lock file on
    // registries that lack some package for another platform; this takes the same versions and leaves the lock alone.
    const npm = 'npm install --no-save --no-audit --no-fund'
    run(
      `Installing packages under Node ${NODE_VERSION}`,
      'npx',
      ['-y', '-p', `node@${NODE_VERSION}`, '-c', npm],
      plainEnvironment(),
    )
  })
  if (!existsSync(node))
    fail('The pinned Node is missing after installation.', 'Allow the install script of the package `node`.')

  const sources = filesBelow(join(root, 'contracts'), (name) => name.endsWith('.sol'))
  once(join(root, '.datanets', 'contracts'), digestOf([...sources, join(root, 'hardhat.config.ts')]), () => {
    run(
      'Compiling contracts',
      node,
      ['node_modules/hardhat/dist/src/cli.js', 'build', '--no-tests', '--quiet'],
      childEnvironment(),
    )
  })
}

function childEnvironment() {
  return plainEnvironment({
    PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --conditions=@datanets/source`.trim(),
    HARDHAT_DISABLE_TELEMETRY_PROMPT: 'true',
  })
}

const [command, ...args] = process.argv.slice(2)
if (command === undefined) fail('No command given.', 'Call `node scripts/bootstrap.mjs <command>`.')
const script = join(root, command.includes('/') ? command : `scripts/${command}.ts`)
if (!existsSync(script))
  fail(`There is no command ${command}.`, `Add ${script.slice(root.length + 1)}, or see "scripts" in package.json.`)
withLock(prepare)

const child = spawn(node, [script, ...args], { cwd: root, env: childEnvironment(), stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 128 : (code ?? 1)))
