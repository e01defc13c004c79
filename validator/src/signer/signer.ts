import { readFileSync } from 'node:fs'
import type { Address, LocalAccount } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { KeySourceError } from '../errors/keys.ts'
import { externalSigner } from './external.ts'
import { isPrivateKey, readKeystore } from './keystore.ts'

export interface KeySource {
  /** Path of a version 3 keystore. */
  keystore?: string
  /** An external signer and the address of its key. */
  signerUrl?: string
  signerAddress?: Address
}

/**
 * The account of the one key source that is configured.
 * @param env Where DATANET_PRIVATE_KEY, DATANET_KEYSTORE_PASSWORD and DATANET_KEYSTORE_PASSWORD_FILE are looked up.
 */
export async function loadSigner(source: KeySource, env: NodeJS.ProcessEnv = process.env): Promise<LocalAccount> {
  const privateKey = env.DATANET_PRIVATE_KEY
  const given = [source.keystore, source.signerUrl, privateKey].filter((value) => value !== undefined && value !== '')
  if (given.length !== 1)
    throw new KeySourceError(given.length === 0 ? 'No key is configured.' : 'More than one key is configured.')

  if (source.keystore) {
    return privateKeyToAccount(await readKeystore({ path: source.keystore, password: keystorePassword(env) }))
  }
  if (source.signerUrl) {
    if (!source.signerAddress) throw new KeySourceError('The external signer has no address (`signerAddress`).')
    return externalSigner({ url: source.signerUrl, address: source.signerAddress })
  }
  if (!privateKey || !isPrivateKey(privateKey)) {
    throw new KeySourceError('DATANET_PRIVATE_KEY is not 0x and 64 hex digits.')
  }
  return privateKeyToAccount(privateKey)
}

/** From the environment or from the file it names; a trailing newline of the file is not part of the password. */
export function keystorePassword(env: NodeJS.ProcessEnv): string {
  if (env.DATANET_KEYSTORE_PASSWORD !== undefined) return env.DATANET_KEYSTORE_PASSWORD
  const file = env.DATANET_KEYSTORE_PASSWORD_FILE
  if (!file) throw new KeySourceError('The keystore has no password: DATANET_KEYSTORE_PASSWORD is not set.')
  return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
}
