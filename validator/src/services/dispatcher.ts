import {
  AppealsAlreadyAttestedError,
  AppealsChallengeWindowOpenError,
  AppealsLotMismatchError,
  AppealsRandomnessNotReadyError,
  AppealsUnexpectedStatusError,
  AppealsVoteWindowOpenError,
  DatanetsAlreadyPostedError,
  DatanetsChallengeWindowOpenError,
  DatanetsLotMismatchError,
  DatanetsLotOpenError,
  DatanetsRandomnessNotReadyError,
  DatanetsSubmissionsMismatchError,
  DatanetsUnexpectedStatusError,
  DatanetsVoteWindowOpenError,
  decodeContractError,
  ValidatorsSlashedError,
} from '@datanets/sdk'
import type { Address, Hex, PublicClient } from 'viem'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import type { Sender } from '../sender/sender.ts'

export type Duty = 'close' | 'post' | 'settle' | 'accrue' | 'lapse' | 'appeal' | 'slash'

/** What the contracts answer when another node was faster: the duty is done, by somebody. */
const DONE_BY_OTHERS = [
  AppealsAlreadyAttestedError,
  AppealsLotMismatchError,
  AppealsUnexpectedStatusError,
  DatanetsLotMismatchError,
  DatanetsUnexpectedStatusError,
  DatanetsAlreadyPostedError,
  DatanetsSubmissionsMismatchError,
  ValidatorsSlashedError,
]
/** What they answer when the block's time has not come as far as this node thought. */
const TOO_EARLY = [
  AppealsChallengeWindowOpenError,
  AppealsRandomnessNotReadyError,
  AppealsVoteWindowOpenError,
  DatanetsLotOpenError,
  DatanetsRandomnessNotReadyError,
  DatanetsVoteWindowOpenError,
  DatanetsChallengeWindowOpenError,
]
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 300_000

export interface Call {
  duty: Duty
  /** For people and for the pause after a failure: the lot's text form. */
  label: string
  to: Address
  data: Hex
}

/** `others`: another node did it first. `resting`: it failed a moment ago. */
export type Outcome = 'done' | 'others' | 'failed' | 'resting'

interface Modules {
  client: PublicClient
  sender: Sender
  logger: Logger
  metrics: Metrics
}

/** Sends the calls of duties: each is tried on the newest state first, and one that fails rests before it is tried again. */
export class Dispatcher {
  readonly #modules: Modules
  readonly #paused = new Map<string, { until: number; pauseMs: number }>()

  constructor(modules: Modules) {
    this.#modules = modules
  }

  /** Sends a call unless it rests. Never throws for what the contracts, the endpoint or the market answer. */
  async perform(call: Call): Promise<Outcome> {
    const key = `${call.duty} ${call.label}`
    const paused = this.#paused.get(key)
    if (paused && paused.until > performance.now()) return 'resting'
    const { client, sender, logger, metrics } = this.#modules
    try {
      await client.call({ account: sender.address, to: call.to, data: call.data, blockTag: 'pending' })
      await sender.send({ to: call.to, data: call.data, purpose: key })
      this.#paused.delete(key)
      metrics.duties.inc({ duty: call.duty, outcome: 'done' })
      return 'done'
    } catch (error) {
      const failure = decodeContractError(error)
      const reason = failure.name
      if (DONE_BY_OTHERS.some((kind) => failure instanceof kind)) {
        // The follower sees the new state at its next look; until then nothing more is to be done.
        this.#pause(key, FIRST_PAUSE_MS)
        metrics.duties.inc({ duty: call.duty, outcome: 'others' })
        logger.debug({ duty: call.duty, lot: call.label, reason }, 'done by another node')
        return 'others'
      }
      const pauseMs = TOO_EARLY.some((kind) => failure instanceof kind)
        ? FIRST_PAUSE_MS
        : (paused?.pauseMs ?? FIRST_PAUSE_MS / 2) * 2
      this.#pause(key, Math.min(pauseMs, LONGEST_PAUSE_MS))
      metrics.duties.inc({ duty: call.duty, outcome: 'failed' })
      logger.warn({ duty: call.duty, lot: call.label, error: failure }, 'duty failed, will be tried again')
      return 'failed'
    }
  }

  #pause(key: string, pauseMs: number): void {
    this.#paused.set(key, { until: performance.now() + pauseMs, pauseMs })
  }
}
