import { DEFAULT_DECODE_LIMITS, type DecodeLimits } from '../checks/index.ts'

/** What checking one file may cost before its process is ended. */
export interface WorkerLimits {
  wallSeconds: number
  /** Resident bytes of the process, libraries included. */
  memoryBytes: number
  decode: DecodeLimits
}

export const DEFAULT_WORKER_LIMITS: WorkerLimits = {
  wallSeconds: 10,
  memoryBytes: 768 * 2 ** 20,
  decode: DEFAULT_DECODE_LIMITS,
}
