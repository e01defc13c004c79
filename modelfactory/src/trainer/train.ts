import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { failureOf, isRefusal } from './command.ts'
import { EXIT_CANCELLED, EXIT_PAUSED, type Task, type TaskLimits, type TrainerEvent, type TrainerHost } from './task.ts'

export interface TrainingInput {
  base: string
  revision?: string | undefined
  download?: boolean
  /** The trainer's list of contributions. */
  sources: string
  settings: string
  /** The trainer's folder; holds checkpoints across attempts. */
  out: string
  /** Adapter folder of the run this one refines. */
  parentAdapter?: string | undefined
}

export interface SuperviseOptions {
  host: TrainerHost
  input: TrainingInput
  limits?: TaskLimits
  onEvent?: (event: TrainerEvent) => void
  /** Given each task as it starts, so that it can be paused, cancelled or killed. */
  onTask?: (task: Task) => void
  /** Crashes in a row without a new checkpoint before giving up. */
  mostCrashes?: number
}

export type TrainingEnd = 'finished' | 'paused' | 'cancelled'

const MANIFEST = 'manifest.json'
const REQUEST = 'request.json'

/**
 * Trains until it is finished, paused or cancelled. A crash is restarted from the last checkpoint, as long as there is
 * progress; what the trainer itself refuses is not tried again. A folder whose run is finished is left as it is.
 * @throws TrainerRefusedError, TrainerCrashedError, TrainerTimeoutError, TrainerMemoryError
 */
export async function superviseTraining(options: SuperviseOptions): Promise<TrainingEnd> {
  const { host, input, limits, onEvent, onTask, mostCrashes = 3 } = options
  let crashes = 0
  for (let attempt = 1; ; attempt++) {
    if (existsSync(join(input.out, MANIFEST))) return 'finished'
    const before = lastCheckpoint(input.out)
    const task = host.start(trainArguments(input), { limits, onEvent })
    onTask?.(task)
    const exit = await task.done
    if (exit.code === 0 && existsSync(join(input.out, MANIFEST))) return 'finished'
    if (exit.code === EXIT_PAUSED) return 'paused'
    if (exit.code === EXIT_CANCELLED) return 'cancelled'
    if (isRefusal(exit)) throw failureOf(exit, 'train', attempt)
    crashes = lastCheckpoint(input.out) === before ? crashes + 1 : 1
    if (crashes >= mostCrashes) throw failureOf(exit, 'train', attempt)
    onEvent?.({
      type: 'restarted',
      attempt,
      signal: exit.signal,
      code: exit.code,
      checkpoint: lastCheckpoint(input.out) ?? null,
    })
  }
}

function trainArguments({ base, download, out, parentAdapter, revision, settings, sources }: TrainingInput): string[] {
  const args = ['train', '--base', base, '--data', sources, '--settings', settings, '--out', out, '--stdin-control']
  if (revision !== undefined) args.push('--revision', revision)
  if (download) args.push('--download')
  if (parentAdapter !== undefined) args.push('--parent', parentAdapter)
  if (existsSync(join(out, REQUEST))) args.push('--resume')
  else rmSync(out, { recursive: true, force: true })
  return args
}

/** Name of the newest complete checkpoint. */
function lastCheckpoint(out: string): string | undefined {
  const folder = join(out, 'checkpoints')
  if (!existsSync(folder)) return undefined
  return readdirSync(folder)
    .filter((name) => name.startsWith('step-'))
    .sort()
    .at(-1)
}
