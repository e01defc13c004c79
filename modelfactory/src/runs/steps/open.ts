import type { RunContext } from '../context.ts'
import type { Run } from '../run.ts'
import { specFrom } from '../spec.ts'
import type { RunState } from '../states.ts'

/** Opens the run on chain, before the first step of training. */
export async function open(context: RunContext, run: Run): Promise<RunState> {
  const { chain, store } = context
  const mined = await chain.open(run.id, specFrom(run.facts.spec!))
  const opened = mined ?? run.facts.opened ?? { hash: '0x', block: '0' }
  store.note(run.id, { opened })
  context.logOf(run.id).append({ type: 'opened', runId: run.facts.runId, transaction: opened.hash })
  return 'training'
}
