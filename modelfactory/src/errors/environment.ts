import { ModelFactoryError } from './base.ts'

/** There is no Python that can run the trainer. */
export class PythonMissingError extends ModelFactoryError {
  override name = 'PythonMissingError'
  override readonly status = 503

  constructor({ tried, minimum }: { tried: readonly string[]; minimum: string }) {
    super(`The trainer needs Python ${minimum} or newer with the venv module.`, {
      metaMessages: [
        `Tried: ${tried.join(', ')}.`,
        'Install it (Debian: apt-get install python3 python3-venv), or name one in DATANETS_PYTHON.',
      ],
    })
  }
}

/** The trainer's packages could not be installed. */
export class PythonPackagesError extends ModelFactoryError {
  override name = 'PythonPackagesError'
  override readonly status = 503

  constructor({ folder, output }: { folder: string; output: string }) {
    super(`The trainer's Python packages could not be installed into ${folder}.`, {
      metaMessages: [
        ...output.trim().split('\n').slice(-6),
        'Check the network and free disk (about 1.2 GB). For a GPU, install the torch build you want there first.',
      ],
    })
  }
}

/** An environment variable is missing or cannot be used. Its value is never shown: it may be a key. */
export class VariableError extends ModelFactoryError {
  override name = 'VariableError'
  override readonly status = 400

  constructor(variable: string, what: string) {
    super(`The environment variable ${variable} is missing or unusable.`, { metaMessages: [`It must be ${what}.`] })
  }
}
