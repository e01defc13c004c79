import {
  type CompactSignature,
  runAttestationTypedData,
  runRefusalTypedData,
  toCompactSignature,
} from '@datanets/sdk/utils'
import { type Address, concat, type Hex, keccak256, type LocalAccount } from 'viem'
import type { Journal } from '../journal/journal.ts'
import type { AnchoredRun } from './types.ts'

/** What a validator signs about a run's result: for it, or against it with the digest of its reasons. */
export type RunVote = { attest: true } | { attest: false; report: Hex }

export type SignedRunVote = RunVote & CompactSignature

interface Modules {
  journal: Journal
  signer: LocalAccount
  place: { chainId: number; contract: Address }
}

/**
 * Signs a vote on a run once: the journal has it on disk before the key is used, and what the journal has is what is signed
 * again after a restart, whatever the node would say by then.
 */
export async function signRun(
  { resultHash, runId }: AnchoredRun,
  vote: RunVote,
  modules: Modules,
): Promise<SignedRunVote> {
  const { journal, place, signer } = modules
  const at = { ...place, kind: 'run' as const, subject: keccak256(concat([runId, resultHash])) }
  const recorded = journal.find(at)
  const said = recorded === undefined ? vote : (JSON.parse(recorded.content) as RunVote)
  journal.record({ ...at, label: `run ${runId}`, content: JSON.stringify(said) })
  const domain = { chainId: place.chainId, verifyingContract: place.contract }
  const signature =
    recorded?.signature ??
    (said.attest
      ? await signer.signTypedData(runAttestationTypedData({ ...domain, runId, resultHash }))
      : await signer.signTypedData(runRefusalTypedData({ ...domain, runId, resultHash, report: said.report })))
  journal.saveSignature(at, signature)
  return { ...said, ...toCompactSignature(signature) }
}
