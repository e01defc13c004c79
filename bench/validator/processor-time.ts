import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second, whatever the kernel's own tick. */
const TICKS_PER_SECOND = 100

/** Processor seconds of this process and its children so far; elsewhere than on Linux the time on the wall. */
export function processorSeconds(): number {
  if (process.platform !== 'linux') return performance.now() / 1_000
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6 + childrenSeconds()
}

function childrenSeconds(): number {
  let ticks = 0
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const fields = statOf(name)
    if (fields?.[1] === String(process.pid)) ticks += Number(fields[11]) + Number(fields[12])
  }
  return ticks / TICKS_PER_SECOND
}

/** Fields of /proc/N/stat from the state on, behind the name, which may hold spaces; undefined once it has ended. */
function statOf(name: string): string[] | undefined {
  try {
    return readFileSync(`/proc/${name}/stat`, 'latin1').split(') ').at(-1)?.split(' ')
  } catch {
    return undefined
  }
}
