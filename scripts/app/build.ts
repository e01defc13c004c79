import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const app = join(root, 'app')

/** Where the built app is. */
export const APP_DIST = join(app, 'dist')

/** What the app is built from. */
const SOURCES = [
  join(app, 'src'),
  join(app, 'public'),
  join(app, 'index.html'),
  join(app, 'vite.config.ts'),
  join(app, 'package.json'),
  join(root, 'sdk', 'src'),
]

function newestOf(path: string): number {
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newestOf(join(path, name))))
}

/** Builds the app unless its last build is newer than everything it is made of. */
export async function buildApp(): Promise<void> {
  const built = join(APP_DIST, 'index.html')
  if (existsSync(built) && statSync(built).mtimeMs > Math.max(...SOURCES.map(newestOf))) return
  // Loading the bundler takes a second: only who builds pays for it.
  const { build } = await import('vite')
  await build({ root: app, configFile: join(app, 'vite.config.ts'), logLevel: 'warn' })
}
