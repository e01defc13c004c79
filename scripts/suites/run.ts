import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** One command of a check or test run. */
export type Suite = {
  name: string
  command: [string, ...string[]]
  /** Added to the environment. */
  env?: Record<string, string>
  /** Most seconds before it is stopped and counts as failed; 600 unless said. */
  timeout?: number
  /** Why it cannot run here: it is counted as skipped, with this reason. */
  skip?: string | undefined
}

export type Counts = { passed: number; failed: number; skipped: number }

/** Closing lines of the runners in use, and what they count. */
const CLOSING_LINES: [RegExp, keyof Counts][] = [
  [/^\s*(\d+) passing\b/, 'passed'],
  [/^\s*(\d+) failing\b/, 'failed'],
  [/^\s*(\d+) pending\b/, 'skipped'],
  [/^\s*(\d+) skipped\b/, 'skipped'],
]

/** Adds up a runner's closing lines; mocha, Hardhat's Solidity runner and pytest are known. */
export function countTests(output: string): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 }
  for (const line of stripColours(output).split('\n')) {
    for (const [pattern, kind] of CLOSING_LINES) counts[kind] += Number(pattern.exec(line)?.[1] ?? 0)
    if (!/^=*.*\b(passed|failed|skipped|error)\b.* in [\d.]+s/.test(line)) continue
    for (const [, number, word] of line.matchAll(/(\d+) (passed|failed|skipped|errors?)\b/g)) {
      counts[word!.startsWith('error') ? 'failed' : (word as keyof Counts)] += Number(number)
    }
  }
  return counts
}

function stripColours(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  return text.replace(/\u001b\[[0-9;]*m/g, '')
}

function run({ command: [program, ...args], env, timeout = 600 }: Suite): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: join(import.meta.dirname, '..', '..'),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that nothing it started outlives it.
      detached: true,
    })
    const chunks: Buffer[] = []
    const keep = (chunk: Buffer) => {
      chunks.push(chunk)
      process.stdout.write(chunk)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const stopAll = () => {
      try {
        process.kill(-child.pid!, 'SIGKILL')
      } catch {
        // The whole group is gone already.
      }
    }
    const timer = setTimeout(() => {
      keep(Buffer.from(`\nStopped after ${timeout} s.\n`))
      stopAll()
    }, timeout * 1000)
    child.on('error', (error) => keep(Buffer.from(`${error.message}\n`)))
    child.on('close', (code) => {
      clearTimeout(timer)
      stopAll()
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() })
    })
  })
}

/**
 * Runs suites one after another and prints a table. A suite that counts no tests counts as one; a non-zero exit without a
 * counted failure counts as one failure.
 */
export async function runSuites(suites: Suite[]): Promise<Counts> {
  const total: Counts = { passed: 0, failed: 0, skipped: 0 }
  const rows: string[] = []
  for (const suite of suites) {
    process.stdout.write(`\n── ${suite.name} ──\n`)
    if (suite.skip !== undefined) {
      process.stdout.write(`skipped: ${suite.skip}\n`)
      rows.push(`${suite.name.padEnd(28)} skipped: ${suite.skip}`)
      total.skipped++
      continue
    }
    const started = Date.now()
    const { code, output } = await run(suite)
    const counts = countTests(output)
    if (code !== 0 && counts.failed === 0) counts.failed = 1
    if (code === 0 && counts.passed + counts.failed + counts.skipped === 0) counts.passed = 1
    total.passed += counts.passed
    total.failed += counts.failed
    total.skipped += counts.skipped
    const seconds = ((Date.now() - started) / 1000).toFixed(0)
    rows.push(
      `${suite.name.padEnd(28)} ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped, ${seconds} s`,
    )
  }
  process.stdout.write(
    `\n${rows.join('\n')}\n\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`,
  )
  return total
}
