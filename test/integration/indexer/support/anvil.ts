import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export type Anvil = { url: string; close: () => Promise<void> }

/** Path of anvil's own binary: its npm wrapper loses signals and exit codes. Undefined where npm has none. */
export function anvilPath(): string | undefined {
  try {
    const folder = dirname(
      createRequire(import.meta.url).resolve(`@foundry-rs/anvil-${process.platform}-amd64/package.json`),
    )
    const path = join(folder, 'bin', 'anvil')
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

/** A chain of its own on loopback, that mines a block for each transaction. */
export async function startAnvil(options: { args?: string[] } = {}): Promise<Anvil> {
  const path = anvilPath()
  if (path === undefined) throw new Error('anvil is not installed: npm has no binary for this platform')
  const args = [
    '--host',
    '127.0.0.1',
    '--port',
    '0',
    '--chain-id',
    '31337',
    '--gas-limit',
    '2000000000',
    ...(options.args ?? []),
  ]
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const stopWithParent = () => child.kill('SIGKILL')
  process.once('exit', stopWithParent)
  const url = await listeningOn(child)
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        process.removeListener('exit', stopWithParent)
        child.once('exit', () => resolve())
        child.kill('SIGKILL')
      }),
  }
}

function listeningOn(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const timer = setTimeout(() => reject(new Error(`anvil did not start within 20 s:\n${output}`)), 20_000)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`anvil ended with ${code}:\n${output}`)))
    child.stdout!.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const port = /Listening on 127\.0\.0\.1:(\d+)/.exec(output)?.[1]
      if (port === undefined) return
      clearTimeout(timer)
      child.stdout!.removeAllListeners('data').resume()
      resolve(`http://127.0.0.1:${port}`)
    })
  })
}
