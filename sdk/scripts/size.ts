import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
  { name: 'one read action', limit: 16_000, code: `export { getLot } from '${dist}/index.js'` },
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
      output: { minify: true, codeSplitting: false },
    })
    const bytes = gzipSync(output[0].code).length
    over ||= bytes > limit
    console.log(`${bytes > limit ? 'OVER' : 'ok  '} ${name}: ${bytes} of ${limit} bytes`)
  }
} finally {
  rmSync(dir, { recursive: true })
}
process.exitCode = over ? 1 : 0
