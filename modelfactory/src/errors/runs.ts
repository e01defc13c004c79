import type { RunState } from '../runs/states.ts'
import { ModelFactoryError } from './base.ts'

/** No run has this id. */
export class RunNotFoundError extends ModelFactoryError {
  override name = 'RunNotFoundError'
  override readonly status = 404

  constructor(id: string) {
    super(`There is no run ${id}.`, { metaMessages: ['List the runs with `datanet runs`.'] })
  }
}

/** The run's state does not allow what was asked. */
export class RunStateError extends ModelFactoryError {
  override name = 'RunStateError'
  override readonly status = 409

  constructor({
    id,
    state,
    action,
    allowed,
  }: { id: string; state: RunState; action: string; allowed: readonly RunState[] }) {
    super(`Run ${id} is ${state} and cannot be asked to ${action}.`, {
      metaMessages: [`Possible while: ${allowed.join(', ')}.`],
    })
  }
}

/** A run was asked for with fields that cannot be used. */
export class RunRequestError extends ModelFactoryError {
  override name = 'RunRequestError'
  override readonly status = 400

  constructor(problems: readonly string[]) {
    super(`The run cannot be queued: ${problems.join('; ')}.`, {
      metaMessages: ['See docs/modelfactory.md for the fields of a run.'],
    })
  }
}

/** Another process works on this folder. */
export class FactoryLockedError extends ModelFactoryError {
  override name = 'FactoryLockedError'
  override readonly status = 409

  constructor(folder: string, cause?: unknown) {
    super(`Another ModelFactory works in ${folder}.`, {
      cause,
      metaMessages: ['One folder has one writer. Stop the other one, or give this one another folder.'],
    })
  }
}

/** Something a run was opened with changed before it was trained. */
export class RunChangedError extends ModelFactoryError {
  override name = 'RunChangedError'
  override readonly status = 409

  constructor({ id, field, opened, now }: { id: string; field: string; opened: string; now: string }) {
    super(`The ${field} of run ${id} is not the one it was opened with.`, {
      metaMessages: [
        `Opened: ${opened}`,
        `Now:    ${now}`,
        'Only what is opened first can be anchored: queue a new run.',
      ],
    })
  }
}

/** The same run exists: same base, data, settings and terms, by the same owner. */
export class RunExistsError extends ModelFactoryError {
  override name = 'RunExistsError'
  override readonly status = 409

  constructor({ id, runId, other }: { id: string; runId: string; other: string }) {
    super(`Run ${id} is the same run as ${other}.`, {
      metaMessages: [
        `Id on chain: ${runId}`,
        'Base, contributions, settings and terms decide it, and a run is trained once. Change the seed for another one.',
      ],
    })
  }
}

/** A transaction of a run was mined and failed. */
export class RunTransactionError extends ModelFactoryError {
  override name = 'RunTransactionError'
  override readonly status = 502

  constructor({ intent, hash }: { intent: string; hash: string }) {
    super(`The transaction to ${intent} was reverted.`, {
      metaMessages: [`Transaction: ${hash}`, "The chain's state changed meanwhile. Retry the run."],
    })
  }
}

/** Validators refused the run, and said why. */
export class RunRefusedError extends ModelFactoryError {
  override name = 'RunRefusedError'
  override readonly status = 422

  constructor({ runId, reasons }: { runId: string; reasons: readonly string[] }) {
    super(`Validators refused run ${runId}.`, { metaMessages: [...reasons] })
  }
}

/** Too few validators attested in time. */
export class RunQuorumError extends ModelFactoryError {
  override name = 'RunQuorumError'
  override readonly status = 503

  constructor({ runId, given, quorum }: { runId: string; given: number; quorum: number }) {
    super(`Run ${runId} has ${given} of ${quorum} attestations.`, {
      metaMessages: ['Validators attest when they have checked the run. Retry later.'],
    })
  }
}
