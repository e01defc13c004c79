import { readFileSync } from 'node:fs'
import type { Address, LocalAccount } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { KeySourceError } from '../errors/keys.ts'
import { externalSigner } from './external.ts'
import { isPrivateKey, readKeystore } from './keystore.ts'

/** What a key is for: `signing` attests, `sender` pays for the node's transactions, `account` owns stake and rewards. */
export type KeyRole = 'signing' | 'sender' | 'account'

/** Where a key is, as the configuration says it. The key itself or its password are never in the configuration. */
export interface KeySource {
  /** Path of a version 3 keystore. */
  keystore?: string
  /** An external signer and the address of its key. */
  url?: string
  address?: Address
}

/**
 * The account of the one source that is configured for a role.
 *
 * @param env Where `DATANET_<ROLE>_KEY`, `DATANET_<ROLE>_PASSWORD` and `DATANET_<ROLE>_PASSWORD_FILE` are looked up.
 * @throws KeySourceError when there is none, or more than one.
 */
export async function loadSigner(
  role: KeyRole,
  source: KeySource = {},
  env: NodeJS.ProcessEnv = process.env,
): Promise<LocalAccount> {
  const name = `DATANET_${role.toUpperCase()}_KEY`
  const privateKey = env[name]
  const given = [source.keystore, source.url, privateKey].filter((value) => value !== undefined && value !== '')
  if (given.length === 0) throw new KeySourceError(`No ${role} key is configured.`, role)
  if (given.length > 1) throw new KeySourceError(`More than one ${role} key is configured.`, role)

  if (source.keystore) {
    return privateKeyToAccount(await readKeystore({ path: source.keystore, password: passwordOf(role, env) }))
  }
  if (source.url) {
    if (!source.address) throw new KeySourceError(`The external signer of the ${role} key has no address.`, role)
    return externalSigner({ url: source.url, address: source.address })
  }
  if (!privateKey || !isPrivateKey(privateKey)) throw new KeySourceError(`${name} is not 0x and 64 hex digits.`, role)
  return privateKeyToAccount(privateKey)
}

/** Whether a role has any source, so that an optional key can be left out. */
export function hasSigner(role: KeyRole, source: KeySource | undefined, env: NodeJS.ProcessEnv = process.env): boolean {
  return Boolean(source?.keystore || source?.url || env[`DATANET_${role.toUpperCase()}_KEY`])
}

/** From the environment or from the file it names; a newline at the end of the file is not part of the password. */
export function passwordOf(role: KeyRole, env: NodeJS.ProcessEnv): string {
  const name = `DATANET_${role.toUpperCase()}_PASSWORD`
  const password = env[name]
  if (password !== undefined) return password
  const file = env[`${name}_FILE`]
  if (!file) throw new KeySourceError(`The keystore of the ${role} key has no password: ${name} is not set.`, role)
  return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
}
