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
export const CPU_MARK = 'worker-limit:cpu'

/** What the watchdog is started with; `started` holds the processor seconds at the start of the job, negative between jobs. */
export interface WatchdogData {
  memoryBytes: number
  cpuSeconds: number
  started: Float64Array
}
