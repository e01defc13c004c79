import { ValidatorError } from './base.ts'

/** No key was configured, or more than one. */
export class KeySourceError extends ValidatorError {
  override name = 'KeySourceError'

  constructor(what: string, role: string) {
    const prefix = `DATANET_${role.toUpperCase()}`
    super(what, {
      metaMessages: [
        `Give exactly one: a keystore file (\`${role}.keystore\` in the config, its password in ${prefix}_PASSWORD or in the file`,
        `named by ${prefix}_PASSWORD_FILE), a key in ${prefix}_KEY, or an external signer (\`${role}.url\` and \`${role}.address\`).`,
        'A key is never an argument: arguments are visible to every process of the machine.',
      ],
    })
  }
}

/** The keystore file cannot be opened. */
export class KeystoreError extends ValidatorError {
  override name = 'KeystoreError'

  constructor(path: string, why: string, cause?: unknown) {
    super(`The keystore ${path} cannot be used: ${why}.`, { cause })
  }
}

/** The external signer did not answer as agreed. */
export class ExternalSignerError extends ValidatorError {
  override name = 'ExternalSignerError'
  override readonly remedy = 'retry'

  constructor(method: string, why: string, cause?: unknown) {
    super(`The external signer failed at ${method}: ${why}.`, {
      cause,
      metaMessages: ['Check that it runs, that it holds the key, and that it allows this method.'],
    })
  }
}

/** A signature came back that the key did not make. */
export class SignerMismatchError extends ValidatorError {
  override name = 'SignerMismatchError'

  constructor(expected: string, recovered: string) {
    super(`The signature is of ${recovered}, not of the signing key ${expected}.`, {
      metaMessages: ['The signer holds another key than the one configured. Nothing was published.'],
    })
  }
}
