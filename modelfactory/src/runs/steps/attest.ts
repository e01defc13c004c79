import { digestToCid } from '@datanets/sdk/utils'
import type { Hex } from 'viem'
import { RunRefusedError } from '../../errors/runs.ts'
import type { RunContext } from '../context.ts'
import type { Run } from '../run.ts'
import type { RunState } from '../states.ts'

/** One look at how validators voted. Stays `attesting` until the chain says that the run is Final or was refused. */
export async function attest(context: RunContext, run: Run): Promise<RunState> {
  const { chain, store } = context
  const runId = run.facts.runId as Hex
  const { attestations, finalAfter, refusals, status } = await chain.get(runId)
  if (attestations !== run.facts.attestations || String(finalAfter) !== run.facts.finalAfter) {
    store.note(run.id, { attestations, finalAfter: String(finalAfter) })
    context
      .logOf(run.id)
      .append({ type: 'attested', attestations, refusals, quorum: run.request.quorum, finalAfter: String(finalAfter) })
  }
  if (status === 'final') return 'final'
  if (status !== 'rejected') return 'attesting'
  const reports = await chain.refusalReports(runId, BigInt(run.facts.anchored!.block))
  const reasons = reports.map((digest) => `Report: ipfs://${digestToCid(digest, 'dag-json')}`)
  throw new RunRefusedError({ runId, reasons })
}
