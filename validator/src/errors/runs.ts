import { type Remedy, ValidatorError } from './base.ts'

/** The endpoint's events do not hold the run, or not its present result. */
export class RunUnknownError extends ValidatorError {
  override name = 'RunUnknownError'
  override readonly remedy: Remedy = 'retry'

  constructor(runId: string) {
    super(`Run ${runId} has no anchored result in this endpoint's events.`, {
      metaMessages: ['It may not be anchored yet, or the endpoint lags or prunes events. Nothing was signed.'],
    })
  }
}

/** Something a run consists of could not be fetched. An outage is no verdict. */
export class RunContentUnavailableError extends ValidatorError {
  override name = 'RunContentUnavailableError'
  override readonly remedy: Remedy = 'retry'

  constructor(what: string, cause: unknown) {
    super(`${what} of the run could not be fetched.`, {
      cause,
      metaMessages: ['The run is neither attested nor refused. It is looked at again later.'],
    })
  }
}
