import { describeRun } from '../../artefacts/describe.ts'
import { publishRun } from '../../artefacts/publish.ts'
import { RunChangedError } from '../../errors/runs.ts'
import { canonicalDigest } from '../../provenance/canonical.ts'
import { readResult, type TrainingResult } from '../../trainer/result.ts'
import type { RunContext } from '../context.ts'
import type { Run } from '../run.ts'
import { plain } from '../spec.ts'
import type { RunState } from '../states.ts'

/** The trainer, base or settings may have changed on disk since the run was opened: validators would refuse it. */
function checkUnchanged({ facts, id }: Run, { files, manifest }: TrainingResult): void {
  const { baseDigest, code, settings } = facts.inspected!
  const claims: [string, string, string][] = [
    ['trainer code', code, canonicalDigest(manifest.code)],
    ['base model', baseDigest, canonicalDigest(manifest.inputs.base)],
    ['settings', canonicalDigest(settings), files.get('settings.json')!.sha256],
  ]
  for (const [field, opened, now] of claims) {
    if (opened !== now) throw new RunChangedError({ id, field, opened, now })
  }
}

/** Checks what the trainer left, puts it to IPFS and works out what will be anchored. */
export async function packageRun(context: RunContext, run: Run): Promise<RunState> {
  const result = readResult(context.folderOf(run.id).trainer)
  const { facts } = run
  checkUnchanged(run, result)
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
