import type { ContentStore } from '@datanets/sdk/storage'
import type { RunsOnChain } from '../chain/runs-on-chain.ts'
import type { DatasetSource } from '../dataset/build.ts'
import type { Task, TrainerHost } from '../trainer/task.ts'
import type { EventLog } from './event-log.ts'
import type { RunFolder } from './folder.ts'
import type { RunStore } from './store.ts'

/** Everything steps of a run work with. */
export interface RunContext {
  store: RunStore
  content: ContentStore
  chain: RunsOnChain
  datasets: DatasetSource
  host: TrainerHost
  /** The log of a run, opened once. */
  logOf(id: string): EventLog
  folderOf(id: string): RunFolder
  /** The trainer task of a run while it is under way, for pause and cancel. */
  tasks: Map<string, Task>
  /** Milliseconds between looks at the chain while validators attest. */
  pollMs: number
}
