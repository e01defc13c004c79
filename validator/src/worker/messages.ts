import type { DecodeLimits, FileInput, Inspection, Rules } from '../checks/index.ts'

/** Parent to child. */
export interface Job {
  input: FileInput
  rules: Rules
  limits: DecodeLimits
}

/** Child to parent. `broken` is a fault of ours, not of the file. */
export type Reply =
  | { kind: 'ready' }
  | { kind: 'inspected'; inspection: Inspection; rssBytes: number }
  | { kind: 'broken'; message: string }

/** What the watchdog writes to standard error before it ends the process. */
export const MEMORY_MARK = 'worker-limit:memory'
