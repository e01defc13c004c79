import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from './open-sqlite.ts'
import { shouldBehaveLikeStore } from './store.behavior.ts'

describe('SQLite store', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'datanets-indexer-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  shouldBehaveLikeStore((identity) => openSqlite({ file: join(folder, 'deep', 'index.sqlite'), identity }))
})
