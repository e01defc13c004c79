import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const GONE_MS = 10_000

/** Notes which process trains, for the next process of ours to find it. */
export function notePid(path: string, pid: number): void {
  writeFileSync(path, String(pid))
}

export function forgetPid(path: string): void {
  rmSync(path, { force: true })
}

/**
 * Ends a trainer that outlived the process that started it: two in one folder would destroy each other's checkpoints. Only a
 * process whose command line is a trainer's is touched, because numbers are used again.
 */
export async function endOrphan(path: string): Promise<boolean> {
  if (!existsSync(path)) return false
  const pid = Number(readFileSync(path, 'utf8'))
  forgetPid(path)
  if (!Number.isSafeInteger(pid) || pid < 2 || !isTrainer(pid)) return false
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended between the look and the signal.
  }
  for (let waited = 0; isTrainer(pid) && waited < GONE_MS; waited += 50) await sleep(50)
  return true
}

function isTrainer(pid: number): boolean {
  try {
    const line =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return line.includes('datanets_trainer')
  } catch {
    return false
  }
}
