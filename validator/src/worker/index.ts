export { checkInWorker } from './check-in-worker.ts'
export { NetworkDeniedError, PoolClosedError, WorkerStartError } from './errors.ts'
export { DEFAULT_WORKER_LIMITS, type WorkerLimits } from './limits.ts'
export { type CheckPool, type CheckPoolOptions, createCheckPool } from './pool.ts'
