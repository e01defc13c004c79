import { type Hex, isHex, numberToHex } from 'viem'
import type { SignedVotes } from './attestation.ts'

/** An attestation as peers hand it out. */
interface WireAttestation {
  digest: Hex
  validatorId: number
  accepted: Hex
  rejected: Hex
  report: Hex
  r: Hex
  vs: Hex
}

/** More than a lot can have with two for each of 15 seats, and room for a digest that a reorganisation left. */
const MOST = 64
/** Longest answer of a peer. */
export const MAX_ANSWER_BYTES = 65_536

export function toWire(attestations: readonly SignedVotes[]): { attestations: WireAttestation[] } {
  return {
    attestations: attestations.slice(0, MOST).map(({ accepted, rejected, ...rest }) => ({
      ...rest,
      accepted: numberToHex(accepted, { size: 32 }),
      rejected: numberToHex(rejected, { size: 32 }),
    })),
  }
}

/** What of a peer's answer has the right shape. Signatures are checked by the caller. */
export function fromWire(answer: unknown): SignedVotes[] {
  const list = (answer as { attestations?: unknown } | null)?.attestations
  return Array.isArray(list) ? list.slice(0, MOST).flatMap(read) : []
}

function read(value: unknown): SignedVotes[] {
  const { digest, validatorId, accepted, rejected, report, r, vs } = (value ?? {}) as Record<string, unknown>
  if (typeof validatorId !== 'number' || !Number.isInteger(validatorId) || validatorId < 1 || validatorId > 65_535)
    return []
  if (!isWord(digest) || !isWord(accepted) || !isWord(rejected) || !isWord(report) || !isWord(r) || !isWord(vs))
    return []
  return [{ digest, validatorId, accepted: BigInt(accepted), rejected: BigInt(rejected), report, r, vs }]
}

function isWord(value: unknown): value is Hex {
  return isHex(value) && value.length === 66
}
