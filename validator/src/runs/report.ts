import type { ContentStore } from '@datanets/sdk/storage'
import { cidToDigest, encodeDagJson } from '@datanets/sdk/utils'
import type { Address, Hex } from 'viem'
import type { AnchoredRun, RunVerdict } from './types.ts'

export const RUN_REPORT_VERSION = 1

/** Puts a validator's reasons about a run to IPFS; their digest is what a refusal carries. */
export async function publishRunReport(
  store: ContentStore,
  {
    run,
    verdict,
    place,
  }: { run: AnchoredRun; verdict: RunVerdict; place: { chainId: number; contract: Address; signingKey: Address } },
): Promise<Hex> {
  const { attest, findings } = verdict
  const { bytes, cid } = encodeDagJson({
    version: RUN_REPORT_VERSION,
    chainId: place.chainId,
    contract: place.contract,
    runId: run.runId,
    resultHash: run.resultHash,
    signingKey: place.signingKey,
    verdict: attest ? 'attest' : 'refuse',
    findings: findings.map(({ check, code, message, verdict: found }) => ({ check, verdict: found, code, message })),
  })
  await store.pin(await store.put(bytes, { codec: 'dag-json' }))
  return cidToDigest(cid)
}
