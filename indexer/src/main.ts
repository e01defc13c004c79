// The indexer as a process of its own. Everything is said by the environment: see docs or `readConfig`.
import { readConfig } from './config.ts'
import { createIndexer } from './indexer.ts'

const say = (level: 'info' | 'error', message: string, more: object = {}) =>
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...more })}\n`)

try {
  const indexer = createIndexer({
    ...readConfig(process.env),
    onError: (error, willRetry) => say('error', error instanceof Error ? error.message : String(error), { willRetry }),
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void indexer.stop().then(() => process.exit(0)))
  }
  await indexer.start()
  say('info', 'listening', { url: indexer.url })
  await indexer.ready()
  say('info', 'at the head', await indexer.status())
} catch (error) {
  say('error', error instanceof Error ? error.message : String(error))
  process.exit(1)
}
