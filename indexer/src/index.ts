export type { LeaderboardEntry, Page, Status } from './api/types.ts'
export { createIndexer, type Indexer, type IndexerOptions } from './indexer.ts'
export type { StoreOptions } from './store/open.ts'
