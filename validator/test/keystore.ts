import { getAddress } from 'viem'

/** The address a version 3 keystore says it holds. */
export function parseKeystore(json: string): string {
  const { version, address, Crypto, crypto = Crypto } = JSON.parse(json)
  if (version !== 3 || crypto.kdf !== 'scrypt') throw new TypeError('not a version 3 keystore with scrypt')
  return getAddress(`0x${address}`)
}
