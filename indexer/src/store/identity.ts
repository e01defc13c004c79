import { DatabaseIdentityError } from '../errors.ts'
import { SCHEMA_VERSION } from './schema.ts'
import type { Identity } from './store.ts'

type Meta = {
  read: () => Promise<{ key: string; value: string }[]>
  write: (entries: [string, string][]) => Promise<void>
}

/**
 * Refuses a database that belongs to another chain, deployment or version; claims an empty one.
 * @throws DatabaseIdentityError
 */
export async function checkIdentity(database: string, identity: Identity, { read, write }: Meta): Promise<void> {
  const expected: [string, string][] = [
    ['schema', String(SCHEMA_VERSION)],
    ['chain', String(identity.chainId)],
    ['datanets', identity.datanets.toLowerCase()],
    ['start', String(identity.startBlock)],
  ]
  const found = new Map((await read()).map(({ key, value }) => [key, value]))
  if (found.size === 0) return write(expected)
  for (const [key, value] of expected) {
    const stored = found.get(key)
    if (stored !== value) throw new DatabaseIdentityError(database, `${key} ${value}`, `${key} ${stored}`)
  }
}
