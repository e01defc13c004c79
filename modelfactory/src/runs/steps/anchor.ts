import { hashResult } from '@datanets/sdk/utils'
import type { RunContext } from '../context.ts'
import type { Run } from '../run.ts'
import { resultFrom } from '../spec.ts'
import type { RunState } from '../states.ts'

/** Puts the result's digests on chain; from here on validators check it. */
export async function anchor(context: RunContext, run: Run): Promise<RunState> {
  const { chain, store } = context
  const result = resultFrom(run.facts.result!)
  const mined = await chain.anchor(run.id, run.facts.runId!, result, hashResult(result))
  const anchored = mined ?? run.facts.anchored ?? { hash: '0x', block: run.facts.opened!.block }
  store.note(run.id, { anchored })
  context.logOf(run.id).append({ type: 'anchored', runId: run.facts.runId, transaction: anchored.hash })
  return 'attesting'
}
