import { type Hex, parseSignature, serializeSignature, signatureToCompactSignature, size, slice } from 'viem'
import { InvalidSignatureLengthError } from '../errors/values.ts'

/** A signing key's signature in EIP-2098's compact form: what attestations carry. */
export type CompactSignature = { r: Hex; vs: Hex }

/** Packs a signature of 65 bytes, or splits one that is compact already. */
export function toCompactSignature(signature: Hex): CompactSignature {
  const bytes = size(signature)
  if (bytes === 64) return { r: slice(signature, 0, 32), vs: slice(signature, 32) }
  if (bytes !== 65) throw new InvalidSignatureLengthError({ bytes })
  const { r, yParityAndS } = signatureToCompactSignature(parseSignature(signature))
  return { r, vs: yParityAndS }
}

/** The usual 65 bytes of a compact signature. */
export function fromCompactSignature({ r, vs }: CompactSignature): Hex {
  const word = BigInt(vs)
  const s = word & ((1n << 255n) - 1n)
  return serializeSignature({ r, s: `0x${s.toString(16).padStart(64, '0')}`, yParity: Number(word >> 255n) })
}
