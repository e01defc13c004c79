import type { ContentStore } from '@datanets/sdk/storage'
import type { RunsOnChain } from '../chain/runs-on-chain.ts'
import type { Meter } from '../chat/meter.ts'
import type { ChatService } from '../chat/service.ts'
import type { EventLog } from '../runs/event-log.ts'
import type { RunFolder } from '../runs/folder.ts'
import type { Previewer } from '../runs/preview.ts'
import type { RunQueue } from '../runs/queue.ts'
import type { RunStore } from '../runs/store.ts'

/** What the routes work with. */
export interface FactoryServices {
  store: RunStore
  queue: RunQueue
  chain: RunsOnChain
  content: ContentStore
  chat: ChatService
  meter: Meter
  previewer: Previewer
  logOf(id: string): EventLog
  folderOf(id: string): RunFolder
}
