/**
 * The life of a run. *Warm* states go on by themselves, also after a restart; *resting* ones wait for a person; *cold* ones
 * never change.
 */
export type RunState =
  | 'queued'
  | 'preparing'
  | 'opening'
  | 'training'
  | 'pausing'
  | 'paused'
  | 'evaluating'
  | 'attributing'
  | 'packaging'
  | 'anchoring'
  | 'attesting'
  | 'final'
  | 'failed'
  | 'cancelled'

/** Where each state may lead. A state that is left out leads nowhere. */
const NEXT: Record<RunState, readonly RunState[]> = {
  queued: ['preparing', 'cancelled', 'failed'],
  preparing: ['opening', 'cancelled', 'failed'],
  opening: ['training', 'cancelled', 'failed'],
  training: ['evaluating', 'pausing', 'paused', 'packaging', 'cancelled', 'failed'],
  pausing: ['paused', 'packaging', 'cancelled', 'failed'],
  paused: ['training', 'cancelled'],
  evaluating: ['attributing', 'packaging', 'training', 'paused', 'cancelled', 'failed'],
  attributing: ['packaging', 'training', 'paused', 'cancelled', 'failed'],
  packaging: ['anchoring', 'training', 'cancelled', 'failed'],
  anchoring: ['attesting', 'failed'],
  attesting: ['final', 'failed'],
  final: [],
  failed: ['queued'],
  cancelled: [],
}

export const STATES = Object.keys(NEXT) as RunState[]

/** States the queue works on; `paused` and `failed` wait for a person. */
export const WARM: readonly RunState[] = STATES.filter(
  (state) => !['paused', 'failed', 'final', 'cancelled'].includes(state),
)

/** States in which the trainer's process may be alive. */
export const IN_TRAINER: readonly RunState[] = ['training', 'pausing', 'evaluating', 'attributing']

/** States in which a run can still be stopped without a trace on chain but its opening. */
export const CANCELLABLE: readonly RunState[] = STATES.filter((state) => NEXT[state].includes('cancelled'))

/** States in which the adapter is saved, so that the model can be talked to. */
export const WITH_MODEL: readonly RunState[] = ['packaging', 'anchoring', 'attesting', 'final']

export function canFollow(from: RunState, to: RunState): boolean {
  return from === to || NEXT[from].includes(to)
}

export function isWarm(state: RunState): boolean {
  return WARM.includes(state)
}
