import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'rolldown'

// What an app downloads for each entry over viem, which it has anyway. Run after `npm run build`.

const dist = join(import.meta.dirname, '..', 'dist')

/** Bytes, gzipped. */
const budgets = [
  {
    name: 'core with one client and every action',
    limit: 60_000,
    code: `import { publicActionsDatanets, walletActionsDatanets } from '${dist}/index.js'
      export const extend = (client) => client.extend(publicActionsDatanets()).extend(walletActionsDatanets())`,
  },
  { name: 'one read action', limit: 17_000, code: `export { getLot } from '${dist}/index.js'` },
  {
    name: 'utils without files',
    limit: 12_000,
    code: `export { leaderboardOf, tally, toShares } from '${dist}/utils/index.js'`,
  },
  { name: 'all of utils', limit: 60_000, code: `export * from '${dist}/utils/index.js'` },
]

const dir = mkdtempSync(join(tmpdir(), 'datanets-size-'))
let over = false
try {
  for (const [index, { code, limit, name }] of budgets.entries()) {
    const entry = join(dir, `${index}.js`)
    writeFileSync(entry, code)
    const { output } = await build({
      input: entry,
      external: [/^viem/, /^kubo-rpc-client$/],
      platform: 'browser',
      write: false,
      logLevel: 'silent',
      output: { minify: true },
    })
    // What is fetched at once; chunks loaded on demand, such as for files of several blocks, come later or never.
    const bytes = output
      .filter((part) => part.type === 'chunk' && !part.isDynamicEntry)
      .reduce((sum, part) => sum + gzipSync(part.type === 'chunk' ? part.code : '').length, 0)
    over ||= bytes > limit
    console.log(`${bytes > limit ? 'OVER' : 'ok  '} ${name}: ${bytes} of ${limit} bytes`)
  }
} finally {
  rmSync(dir, { recursive: true })
}
process.exitCode = over ? 1 : 0
