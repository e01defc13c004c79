import type { CheckContext, FileInput, FileVerdict, Rules } from '../checks/index.ts'
import { DEFAULT_WORKER_LIMITS, type WorkerLimits } from './limits.ts'
import { type CheckPool, createCheckPool } from './pool.ts'

const pools = new Map<string, CheckPool>()

/**
 * Checks one file in a warm process shared by all callers with the same limits. Its idle processes do not keep the
 * caller running. A node that checks all day makes its own pool with `createCheckPool`.
 */
export function checkInWorker(
  { input, rules, context }: { input: FileInput; rules: Rules; context?: CheckContext },
  limits: WorkerLimits = DEFAULT_WORKER_LIMITS,
): Promise<FileVerdict> {
  const key = JSON.stringify(limits)
  const pool = pools.get(key) ?? createCheckPool({ limits })
  pools.set(key, pool)
  return pool.check(input, rules, context)
}
