import { ModelNotReadyError } from '../../errors/chat.ts'
import { missedEvents } from '../../trainer/catch-up.ts'
import { endOrphan, forgetPid, notePid } from '../../trainer/orphan.ts'
import type { TrainerEvent } from '../../trainer/task.ts'
import { superviseTraining } from '../../trainer/train.ts'
import type { RunContext } from '../context.ts'
import type { Run } from '../run.ts'
import type { RunState } from '../states.ts'
import { WITH_MODEL } from '../states.ts'

/** The trainer's phases and the states they are. `preparing` is loading the model: part of training for us. */
const PHASES: Record<string, RunState> = {
  training: 'training',
  evaluating: 'evaluating',
  attributing: 'attributing',
}

/** Trains, evaluates and attributes, in the trainer's process; goes on from a checkpoint when there is one. */
export async function train(context: RunContext, run: Run): Promise<RunState> {
  const { store, tasks } = context
  const folder = context.folderOf(run.id)
  const log = context.logOf(run.id)
  await endOrphan(folder.pid)
  for (const event of missedEvents(folder.trainer, log.trainerSequence)) log.append(event)
  if (run.facts.startedOn === undefined) store.note(run.id, { startedOn: new Date().toISOString() })

  let noted: number | undefined
  const onEvent = (event: TrainerEvent) => {
    // A warm trainer's process has its number a moment after it was asked for.
    const pid = tasks.get(run.id)?.pid
    if (pid !== undefined && pid !== noted) notePid(folder.pid, pid)
    noted = pid
    // The log comes first: a state that is shown has its reason on disk.
    log.append(event)
    const state = event.type === 'phase' ? PHASES[String(event.phase)] : undefined
    if (state !== undefined && store.get(run.id).state !== 'pausing') moveTo(context, run.id, state)
  }
  const { base, download, memoryLimitBytes, parent, revision, timeLimitSeconds } = run.request
  try {
    const end = await superviseTraining({
      host: context.host,
      input: {
        ...{ base, revision, download, sources: folder.sources, settings: folder.settings, out: folder.trainer },
        parentAdapter: parent === undefined ? undefined : adapterOf(context, parent),
      },
      limits: {
        ...(timeLimitSeconds > 0 ? { timeMs: timeLimitSeconds * 1000 } : {}),
        ...(memoryLimitBytes > 0 ? { memoryBytes: memoryLimitBytes } : {}),
      },
      onEvent,
      onTask: (task) => {
        tasks.set(run.id, task)
        // Asked while no task was there to hear it.
        const { asked } = store.get(run.id)
        if (asked === 'pause') task.pause()
        if (asked === 'cancel') task.cancel()
      },
    })
    if (end === 'paused') return store.get(run.id).asked === 'cancel' ? 'cancelled' : 'paused'
    if (end === 'cancelled') return 'cancelled'
    store.note(run.id, { finishedOn: store.get(run.id).facts.finishedOn ?? new Date().toISOString() })
    return 'packaging'
  } finally {
    tasks.delete(run.id)
    forgetPid(folder.pid)
  }
}

/** Moves through the states a phase passes, so that each is seen. */
function moveTo({ store }: RunContext, id: string, state: RunState): void {
  const present = store.get(id).state
  if (present === 'training' && state === 'attributing') store.move(id, 'evaluating')
  if (present !== state) store.move(id, state)
}

/** The adapter of a run that is far enough to be refined. */
export function adapterOf(context: RunContext, id: string): string {
  const { state } = context.store.get(id)
  if (!WITH_MODEL.includes(state)) throw new ModelNotReadyError(id, state)
  return context.folderOf(id).adapter
}
