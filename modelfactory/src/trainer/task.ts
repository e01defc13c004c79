/** One JSON object the trainer printed. `type` is always there. */
export interface TrainerEvent {
  type: string
  [name: string]: unknown
}

export interface TaskLimits {
  /** Milliseconds before it is killed. */
  timeMs?: number
  /** Resident bytes of the process before it is killed. */
  memoryBytes?: number
}

export interface TaskOptions {
  onEvent?: (event: TrainerEvent) => void
  limits?: TaskLimits
  signal?: AbortSignal
}

/** How a command ended. */
export interface TaskExit {
  code: number | null
  signal: string | null
  /** The last JSON object it printed. */
  last: TrainerEvent | undefined
  /** The end of what it wrote to standard error. */
  output: string
  /** Set when a limit ended it. */
  stopped?: { by: 'time' | 'memory'; limit: number; used: number }
}

/** A command under way. */
export interface Task {
  readonly done: Promise<TaskExit>
  readonly pid: number | undefined
  /** Asks for a checkpoint and a stop after the present step. */
  pause(): void
  cancel(): void
  kill(): void
}

/** Where trainer commands run. */
export interface TrainerHost {
  start(args: readonly string[], options?: TaskOptions): Task
  /** Ends every process it started. */
  close(): Promise<void>
}

export const EXIT_PAUSED = 20
export const EXIT_CANCELLED = 21
