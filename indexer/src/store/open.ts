import { openPostgresql } from './open-postgresql.ts'
import { openSqlite } from './open-sqlite.ts'
import type { Identity, Store } from './store.ts'

export type StoreOptions =
  | { kind: 'sqlite'; file: string }
  /** `schema`: where its tables are within the database, so that several indexers can share one; `datanets` by default. */
  | { kind: 'postgresql'; url: string; schema?: string }

/** @throws DatabaseLockedError while another indexer writes to it, DatabaseIdentityError when it is another chain's. */
export function openStore(options: StoreOptions, identity: Identity): Promise<Store> {
  return options.kind === 'sqlite' ? openSqlite({ ...options, identity }) : openPostgresql({ ...options, identity })
}
