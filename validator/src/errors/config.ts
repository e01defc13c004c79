import { ValidatorError } from './base.ts'

/** The configuration does not say what the command needs, or says something impossible. Lists every problem. */
export class ConfigError extends ValidatorError {
  override name = 'ConfigError'

  constructor(problems: readonly string[], source: string) {
    super(`The configuration (${source}) has ${problems.length} problem${problems.length === 1 ? '' : 's'}.`, {
      metaMessages: [
        ...problems.map((problem) => `- ${problem}`),
        'Correct the file, or start anew with `datanet init`.',
      ],
    })
  }
}
