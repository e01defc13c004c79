import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** Paths of one run's files on this machine. */
export interface RunFolder {
  root: string
  events: string
  /** What the trainer reads: one line per contribution. */
  sources: string
  settings: string
  /** The trainer's own folder: checkpoints, adapter, scores, manifest. */
  trainer: string
  adapter: string
  index: string
  /** Process id of the trainer, while it runs. */
  pid: string
}

export function runFolder(factoryDir: string, id: string): RunFolder {
  const root = join(factoryDir, 'runs', id)
  mkdirSync(root, { recursive: true })
  const trainer = join(root, 'trainer')
  return {
    root,
    events: join(root, 'events.jsonl'),
    sources: join(root, 'sources.jsonl'),
    settings: join(root, 'settings.json'),
    trainer,
    adapter: join(trainer, 'adapter'),
    index: join(trainer, 'index'),
    pid: join(root, 'trainer.pid'),
  }
}
