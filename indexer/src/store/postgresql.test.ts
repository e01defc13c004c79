import { openPostgresql } from './open-postgresql.ts'
import { findPostgresql, type Server, startPostgresql } from './postgresql.server.ts'
import { shouldBehaveLikeStore } from './store.behavior.ts'

describe('PostgreSQL store', () => {
  let server: Server
  let schema = ''
  let count = 0

  before(async function () {
    this.timeout(60_000)
    const found = findPostgresql()
    if (found === undefined) {
      console.log('      skipped: no PostgreSQL server is installed (`apt-get install postgresql`)')
      return this.skip()
    }
    server = await startPostgresql(found)
  })
  beforeEach(() => {
    schema = `store_${++count}`
  })
  after(() => server?.stop())

  shouldBehaveLikeStore((identity) => openPostgresql({ url: server.url, schema, identity }))
})
