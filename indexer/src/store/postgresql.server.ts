import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

/** A PostgreSQL server for tests and benchmarks: its own data in a temporary folder, on loopback only. */
export type Server = { url: string; stop: () => Promise<void> }

/** Folder of the newest installed server's programs; undefined where none is. */
export function findPostgresql(): string | undefined {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  return versions.map((version) => join(root, version, 'bin')).find((bin) => existsSync(join(bin, 'postgres')))
}

export async function startPostgresql(bin: string): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'datanets-postgresql-'))
  const user = unprivileged()
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'datanets', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    stdio: 'ignore',
    ...user,
  })
  const port = await freePort()
  const args = [
    '-D',
    data,
    '-p',
    String(port),
    '-h',
    '127.0.0.1',
    '-k',
    folder,
    '-c',
    'shared_buffers=256MB',
    '-c',
    'synchronous_commit=off',
  ]
  const child = spawn(join(bin, 'postgres'), args, { stdio: 'ignore', ...user })
  const kill = () => child.kill('SIGQUIT')
  process.once('exit', kill)
  const url = `postgresql://datanets@127.0.0.1:${port}/postgres`
  const stop = async () => {
    process.removeListener('exit', kill)
    await new Promise<void>((resolve) => {
      if (child.exitCode !== null) return resolve()
      child.once('exit', () => resolve())
      child.kill('SIGINT')
    })
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await answering(url)
    return { url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The server refuses to run as root: then it runs as the account its package made, or nobody. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((what) => Number(execFileSync('id', [what, name], { encoding: 'utf8' })))
      return { uid: uid!, gid: gid! }
    } catch {
      // There is no such account here.
    }
  }
  return undefined
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client(url)
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (tries === 200) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
