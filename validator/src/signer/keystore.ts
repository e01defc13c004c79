import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { decryptKeystoreJson, encryptKeystoreJson, isKeystoreJson } from 'ethers/wallet'
import { type Hex, isHex } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import { KeystoreError } from '../errors/keys.ts'

/** Cost of a password guess: 2^17 rounds of scrypt, as other tools use. */
const SCRYPT = { N: 131_072, r: 8, p: 1 }

/** Reads a version 3 keystore. */
export async function readKeystore({ path, password }: { path: string; password: string }): Promise<Hex> {
  const json = readFile(path)
  if (!isKeystoreJson(json)) throw new KeystoreError(path, 'it is not a version 3 keystore')
  try {
    const { privateKey } = await decryptKeystoreJson(json, password)
    return privateKey as Hex
  } catch (cause) {
    throw new KeystoreError(path, 'the password is wrong or the file is damaged', cause)
  }
}

/** Writes a version 3 keystore that only its owner can read. Never overwrites: a key may be all that is left of a stake. */
export async function writeKeystore({
  path,
  password,
  privateKey,
  scrypt = SCRYPT,
}: {
  path: string
  password: string
  privateKey: Hex
  scrypt?: { N: number; r: number; p: number }
}): Promise<void> {
  if (existsSync(path)) throw new KeystoreError(path, 'it exists already and is never overwritten')
  const address = privateKeyToAddress(privateKey)
  const json = await encryptKeystoreJson({ address, privateKey }, password, { scrypt })
  writeFileSync(path, `${json}\n`, { mode: 0o600, flag: 'wx' })
}

export function newPrivateKey(): Hex {
  return `0x${randomBytes(32).toString('hex')}`
}

export function isPrivateKey(value: string): value is Hex {
  return isHex(value) && value.length === 66
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new KeystoreError(path, 'it cannot be read', cause)
  }
}
