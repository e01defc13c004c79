import { describeRun } from '../../artefacts/describe.ts'
import { publishRun } from '../../artefacts/publish.ts'
import { readResult } from '../../trainer/result.ts'
import type { RunContext } from '../context.ts'
import type { Run } from '../run.ts'
import { plain } from '../spec.ts'
import type { RunState } from '../states.ts'

/** Checks what the trainer left, puts it to IPFS and works out what will be anchored. */
export async function packageRun(context: RunContext, run: Run): Promise<RunState> {
  const result = readResult(context.folderOf(run.id).trainer)
  const { facts } = run
  const documents = describeRun({ run, result, chain: context.chain })
  const published = await publishRun({
    runId: facts.runId!,
    datasetCid: facts.dataset!.cid,
    result,
    store: context.content,
    documents,
  })
  const metrics = JSON.parse(new TextDecoder().decode(result.files.get('metrics.json')!.bytes)) as {
    heldOutLoss: Record<string, string>
  }
  context.store.note(run.id, {
    result: plain(published.result),
    shares: published.shares.map(({ account, share }) => ({ account, share: String(share) })),
    heldOutLoss: metrics.heldOutLoss,
  })
  context.logOf(run.id).append({ type: 'published', ...plain(published.result) })
  return 'anchoring'
}
