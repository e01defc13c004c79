import { DEFAULT_DECODE_LIMITS, type DecodeLimits } from '../checks/index.ts'

/** What checking one file may cost before its process is ended. */
export interface WorkerLimits {
  /** Processor time: a file that burns it is rejected. Unlike time on the wall it is the same on a busy machine. */
  cpuSeconds: number
  /** Time on the wall: a file that outlasts it without burning the other was not served by this node, which abstains. */
  wallSeconds: number
  /** Resident bytes of the process, libraries included. */
  memoryBytes: number
  decode: DecodeLimits
}

export const DEFAULT_WORKER_LIMITS: WorkerLimits = {
  cpuSeconds: 10,
  wallSeconds: 60,
  memoryBytes: 768 * 2 ** 20,
  decode: DEFAULT_DECODE_LIMITS,
}
